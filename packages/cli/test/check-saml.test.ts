import { afterAll, describe, expect, it } from 'vitest'
import { main } from '../src/main.ts'
import { BASE, createBench } from './doctor-setup.ts'
import { ENTITY_ID, metadata, samlEntry } from './saml-entry.ts'

const bench = createBench()

afterAll(() => bench.end())

interface Problem {
  readonly severity: string
  readonly code: string
  readonly line: number
  readonly message: string
  readonly fix?: string
}

/** What `doorward check` says of a configuration, the warning that SAML is not there yet apart. */
async function check(configuration: string) {
  const out: string[] = []
  const output = { log: (text: string) => out.push(text), error: () => undefined, colours: false }
  const code = await main(['check', bench.write(configuration), ...BASE, '--json'], output)
  const { problems } = JSON.parse(out.join('\n')) as { readonly problems: readonly Problem[] }
  return { code, problems: problems.filter((problem) => problem.code !== 'not_in_this_version') }
}

function inFile(xml: string, ...lines: readonly string[]) {
  bench.write(xml, 'idp.xml')
  return check(samlEntry('idp_metadata_file: idp.xml', ...lines))
}

const indented = (xml: string) => xml.replaceAll('\n', '\n        ')
const list = (entities: string) =>
  `<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">${entities}</md:EntitiesDescriptor>`

describe('metadata in the configuration', () => {
  it('is read as a login reads it, from a file or in place', async () => {
    expect(await inFile(metadata())).toEqual({ code: 0, problems: [] })
    expect(await check(samlEntry(`metadata: |\n        ${indented(metadata())}`))).toEqual({
      code: 0,
      problems: [],
    })
  })

  it('has to call itself as "entity_id" does, to the letter', async () => {
    const { code, problems } = await inFile(metadata({ entityId: `${ENTITY_ID}/` }))
    expect(code).toBe(1)
    expect(problems).toMatchObject([
      {
        severity: 'error',
        code: 'entity_id_mismatch',
        line: 7,
        message: `"entity_id" does not fit "idp_metadata_file": it is of ${ENTITY_ID}/, which differs in the final slash alone, and that counts`,
        fix: `write "entity_id: ${ENTITY_ID}/"`,
      },
    ])
  })

  it('of others is none of this one', async () => {
    const other = metadata({ entityId: 'https://idp.other.example' })
    expect((await inFile(other)).problems).toMatchObject([
      { code: 'entity_id_mismatch', message: expect.stringContaining('of https://idp.other.example, and') },
    ])
    expect((await inFile(list(other.repeat(3)))).problems).toMatchObject([
      { code: 'entity_id_mismatch', message: expect.stringContaining('of 3 others, and') },
    ])
  })

  it.each([
    ['is cut off', metadata().slice(0, -30), 'it is no XML that can be read: '],
    [
      'is other XML',
      '<md:x xmlns:md="urn:x"/><!-- <EntityDescriptor > -->',
      'it is XML, but no SAML metadata',
    ],
    ['describes it twice', list(metadata().repeat(2)), 'it describes this entity ID twice'],
    [
      'is of a service provider',
      metadata({ role: 'SPSSODescriptor' }),
      'it is of a service provider, not of an identity provider',
    ],
    ['is of something else', metadata({ role: 'PDPDescriptor' }), 'it is not of an identity provider'],
    [
      'is for another protocol',
      metadata({ protocol: 'urn:x' }),
      'it is of an identity provider that does not',
    ],
    [
      'has expired',
      metadata({ attributes: 'validUntil="2021-01-01T00:00:00Z"' }),
      'it expired on 2021-01-01',
    ],
    ['ends at no time', metadata({ attributes: 'validUntil="soon"' }), 'its "validUntil" is no time'],
    ['has no address', metadata({ binding: 'SOAP' }), 'it has no SingleSignOnService by HTTP-Redirect or'],
    [
      'has an insecure address',
      metadata({ location: 'http://idp.example' }),
      'its address for sign-on does not',
    ],
    ['has no key', metadata({ keys: [] }), 'it has no certificate for signing'],
    ['has a broken key', metadata({ keys: ['AAAA'] }), 'none of its certificates for signing can be used'],
    [
      'has a hundred keys',
      metadata({ keys: Array(100).fill('AAAA') }),
      'it has more certificates than anybody',
    ],
  ])('that %s is refused', async (_, xml, words) => {
    const { code, problems } = await inFile(xml)
    expect(code).toBe(1)
    expect(problems).toMatchObject([
      {
        severity: 'error',
        code: 'metadata_invalid',
        message: expect.stringContaining(`a login could not use "idp_metadata_file": ${words}`),
        fix: expect.any(String),
      },
    ])
  })

  it('that is no XML says in which line', async () => {
    const { problems } = await inFile(`\n\n${metadata().replace('</md:IDPSSODescriptor>', '</md:x>')}`)
    expect(problems[0]?.message).toMatch(/ \(line \d+\)$/)
    expect(problems[0]?.message).toContain('(line 10)')
  })
})

describe('"idp_logout" with metadata in the configuration', () => {
  const more =
    '<md:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://idp.acme.example/slo"/>'

  it('is well where it says where people sign out', async () => {
    expect((await inFile(metadata({ more }), 'idp_logout: true')).problems).toEqual([])
  })

  it('has no effect where it does not, or by another binding', async () => {
    const bySoap = more.replace('HTTP-POST', 'SOAP')
    for (const xml of [metadata(), metadata({ more: bySoap })]) {
      const { code, problems } = await inFile(xml, 'idp_logout: true')
      expect(code).toBe(0)
      expect(problems).toMatchObject([
        {
          severity: 'warning',
          code: 'logout_address_missing',
          message: expect.stringContaining(
            '"idp_metadata_file" has no SingleLogoutService by HTTP-Redirect or',
          ),
        },
      ])
    }
    const inPlace = await check(samlEntry(`metadata: |\n        ${indented(metadata())}`, 'idp_logout: true'))
    expect(inPlace.problems).toMatchObject([{ message: expect.stringContaining('"metadata" has no Single') }])
  })

  it('is not spoken of where the metadata is wrong anyway, or nobody wants it', async () => {
    const other = metadata({ entityId: 'https://idp.other.example' })
    const { problems } = await inFile(other, 'idp_logout: true')
    expect(problems.map(({ code }) => code)).toEqual(['entity_id_mismatch'])
    expect((await inFile(metadata(), 'idp_logout: false')).problems).toEqual([])
  })
})
