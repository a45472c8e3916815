import { spawnSync } from 'node:child_process'
import { generateServiceProviderKeys } from '@doorward/core/saml'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { expiredCertificate, localhostCertificate, rsaCertificate } from './doctor-certificates.ts'
import { BASE, createBench, doctor, examined } from './doctor-setup.ts'
import { ENTITY_ID, metadata, samlEntry } from './saml-entry.ts'

const bench = createBench()

afterAll(() => bench.end())

async function fromUrl(answer: () => Response, ...lines: readonly string[]) {
  const url = await bench.serve({ fetch: answer })
  return examined(bench.write(samlEntry(`metadata_url: ${url}/metadata`, ...lines)))
}

/** Of a certificate, by OpenSSL, and until when it is valid. */
function fingerprints(pem: string): string {
  const [sha256, sha1, until] = [['-sha256', '-fingerprint'], ['-sha1', '-fingerprint'], ['-enddate']].map(
    (asked) =>
      spawnSync('openssl', ['x509', '-noout', ...asked], { input: pem, encoding: 'utf8' })
        .stdout.trim()
        .split('=')[1] ?? '',
  )
  return `SHA-256=${sha256} SHA-1=${sha1} until ${new Date(until ?? '').toISOString().slice(0, 10)}`
}

/** The same of the only one, of which it was said before when it ends. */
function ofOne(pem: string): string {
  return fingerprints(pem).replace(/ until .*/, '')
}

function serving(text: string, ...lines: readonly string[]) {
  const headers = { 'content-type': 'application/samlmetadata+xml' }
  return fromUrl(() => new Response(text, { headers }), ...lines)
}

describe('keys of ours', () => {
  const path = (...lines: string[]) =>
    bench.write(samlEntry('metadata_url: http://127.0.0.1:9/metadata', ...lines))

  afterEach(() => vi.unstubAllEnvs())

  it('are asked for where the entry needs them', async () => {
    const { told } = await examined(path('sign_requests: true'))
    expect(told.findings).toContainEqual(
      expect.objectContaining({
        check: 'saml_keys',
        status: 'warning',
        found: 'DOORWARD_SAML_KEYS: not set here, and needed by "acme", which signs its requests',
      }),
    )
  })

  it('are asked for where people are to be signed out at the provider', async () => {
    const { told } = await examined(path('idp_logout: true'))
    const found = expect.stringContaining('needed by "acme", which signs people out at its provider')
    expect(told.findings).toContainEqual(expect.objectContaining({ status: 'warning', found }))
  })

  it('may be needed all the same where it does not', async () => {
    const { told } = await examined(path())
    expect(told.findings).toContainEqual(expect.objectContaining({ check: 'saml_keys', status: 'ok' }))
  })

  it('are said to be what the logout URL needs, where they are not here', async () => {
    bench.write(metadata(), 'idp.xml')
    const file = bench.write(samlEntry('idp_metadata_file: idp.xml'))
    expect((await doctor(file, ...BASE)).stdout).toMatch(/\/sls\/\s+\(needs\s+DOORWARD_SAML_KEYS\)/)
    vi.stubEnv('DOORWARD_SAML_KEYS', 'some')
    expect((await doctor(file, ...BASE)).stdout).not.toContain('(needs')
  })

  it('are looked at where they are here, and not shown', async () => {
    vi.stubEnv('DOORWARD_SAML_KEYS', 'correct-horse')
    const { told, stdout, stderr } = await examined(path('sign_requests: true'))
    expect(told.findings).toContainEqual(expect.objectContaining({ check: 'saml_keys', status: 'error' }))
    expect(stdout + stderr).not.toContain('correct-horse')
  })

  it('are among what is to be mended where they were cut off', async () => {
    const made = await generateServiceProviderKeys({ host: 'sso.example.com', now: Date.now() })
    vi.stubEnv('DOORWARD_SAML_KEYS', made.reveal().slice(0, -20))
    const { stdout } = await doctor(path('sign_requests: true'), ...BASE)
    expect(stdout).toContain('2 errors\nTo be mended: SAML keys; Acme (metadata).\n')
  })

  it('are well where they are what keygen made', async () => {
    const made = await generateServiceProviderKeys({ host: 'sso.example.com', now: Date.now() })
    vi.stubEnv('DOORWARD_SAML_KEYS', made.reveal())
    const { told } = await examined(path('sign_requests: true'))
    const found = 'DOORWARD_SAML_KEYS: 1 key, set here'
    expect(told.findings).toContainEqual(expect.objectContaining({ check: 'saml_keys', status: 'ok', found }))
  })
})

it('says how a provider encrypts where that is refused', async () => {
  const url = 'http://127.0.0.1:9/FederationMetadata/2007-06/FederationMetadata.xml'
  const { of } = await examined(bench.write(samlEntry(`metadata_url: ${url}`)))
  expect(of('encryption')).toMatchObject([{ status: 'ok', found: expect.stringContaining('AES-CBC') }])
})

describe('SAML metadata at an address', () => {
  it('is well', async () => {
    const { code, findings, told } = await serving(metadata())
    expect(findings.map(({ check, status, found }) => [check, status, found])).toEqual([
      ['entity_id', 'ok', ENTITY_ID],
      ['sign_on', 'ok', 'HTTP-Redirect'],
      ['certificates', 'ok', `1 certificate (RSA, 2048 bits); until 2126-10-29: ${ofOne(rsaCertificate)}`],
      ['clock', 'ok', 'as here'],
    ])
    expect(code).toBe(0)
    expect(told.connections[0]?.registrations).toHaveLength(4)
    expect(told.not_tested).toEqual([expect.stringContaining('our entity ID and our ACS URL')])
    expect(told.not_tested[0]).not.toMatch(/client|redirect/)
  })

  const cases: readonly [string, string, string, object][] = [
    [
      'of another',
      metadata({ entityId: 'https://idp.other.example' }),
      'entity_id',
      {
        status: 'error',
        found: `the metadata is of https://idp.other.example, and "entity_id" says ${ENTITY_ID}`,
      },
    ],
    [
      'with another slash',
      metadata({ entityId: `${ENTITY_ID}/` }),
      'entity_id',
      {
        status: 'error',
        code: 'entity_missing',
        found: `it is of ${ENTITY_ID}/, which differs in the final slash alone, and that counts`,
        fix: `write "entity_id: ${ENTITY_ID}/"`,
      },
    ],
    [
      'with another scheme',
      metadata({ entityId: ENTITY_ID.replace('https', 'http') }),
      'entity_id',
      { status: 'error', found: expect.stringContaining('in the scheme alone') },
    ],
    [
      'of a service provider',
      metadata({ role: 'SPSSODescriptor' }),
      'sign_on',
      { status: 'error', found: 'it is of a service provider, not of an identity provider' },
    ],
    [
      'with another binding',
      metadata({ binding: 'SOAP' }),
      'sign_on',
      { status: 'error', found: 'it has no SingleSignOnService by HTTP-Redirect or HTTP-POST' },
    ],
    [
      'with an address that is not https',
      metadata({ location: 'http://idp.acme.example/sso' }),
      'sign_on',
      { status: 'error', found: 'its address for sign-on does not begin with https://, or is none' },
    ],
    [
      'for another protocol',
      metadata({ protocol: 'urn:oasis:names:tc:SAML:1.1:protocol' }),
      'sign_on',
      { status: 'error', code: 'no_saml2' },
    ],
    [
      'that describes it twice',
      `<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">${metadata()}${metadata()}</md:EntitiesDescriptor>`,
      'entity_id',
      { status: 'error', code: 'entity_twice' },
    ],
    [
      'that wants requests signed',
      metadata({ roleAttributes: 'WantAuthnRequestsSigned="true"' }),
      'requests',
      { status: 'ok', found: 'signed, as the identity provider wants them, once DOORWARD_SAML_KEYS is set' },
    ],
    [
      'that expired',
      metadata({ attributes: 'validUntil="2021-01-01T00:00:00Z"' }),
      'valid_until',
      { status: 'error', found: 'it expired on 2021-01-01' },
    ],
    [
      'that is good for hours',
      metadata({ attributes: `validUntil="${new Date(Date.now() + 3_600_000).toISOString()}"` }),
      'valid_until',
      { status: 'ok' },
    ],
    [
      'that ends at no time',
      metadata({ attributes: 'validUntil="soon"' }),
      'valid_until',
      { status: 'error', code: 'valid_until' },
    ],
    [
      'with an expired certificate',
      metadata({ keys: [expiredCertificate] }),
      'certificates',
      {
        status: 'error',
        found: `1 certificate; it expired on 2021-01-01: ${ofOne(expiredCertificate)}`,
      },
    ],
    [
      'with an expired certificate beside a good one',
      metadata({ keys: [expiredCertificate, localhostCertificate] }),
      'certificates',
      {
        status: 'ok',
        found: `2 certificates (EC, P-256); until 2126-10-29: ${fingerprints(expiredCertificate)}; ${fingerprints(localhostCertificate)}`,
      },
    ],
    [
      'without certificates',
      metadata({ keys: [] }),
      'certificates',
      { status: 'error', found: 'it has no certificate for signing' },
    ],
    [
      'with a broken certificate',
      metadata({ keys: ['AAAA'] }),
      'certificates',
      {
        status: 'error',
        found: 'none of its certificates for signing can be used: it can not be read',
      },
    ],
    [
      'in place of which a page comes',
      '<!doctype html><title>Sign in</title>',
      'metadata',
      { status: 'error', code: 'web_page', found: expect.stringContaining('a web page') },
    ],
    ['in place of which JSON comes', '{}', 'metadata', { status: 'error', code: 'not_xml' }],
    [
      'in place of which other XML comes',
      '<?xml version="1.0"?><rss/>',
      'metadata',
      { status: 'error', code: 'not_metadata', found: 'it is XML, but no SAML metadata' },
    ],
  ]
  it.each(cases)('%s', async (_, text, check, expected) => {
    const { of, code } = await serving(text)
    expect(of(check)).toMatchObject([expected])
    expect(code).toBe(of(check)[0]?.status === 'error' ? 1 : 0)
  })

  it('of which the name is nearly right says what else is wrong', async () => {
    const { findings } = await serving(metadata({ entityId: `${ENTITY_ID}/`, keys: [expiredCertificate] }))
    expect(findings.map(({ check, status }) => [check, status])).toEqual([
      ['entity_id', 'error'],
      ['sign_on', 'ok'],
      ['certificates', 'error'],
      ['clock', 'ok'],
    ])
  })

  it.each([
    [
      'sso_binding: post',
      '',
      'sign_on',
      'error',
      'says post, and the identity provider offers HTTP-Redirect',
    ],
    ['sso_binding: redirect', '', 'sign_on', 'ok', 'HTTP-Redirect'],
    [
      'sign_requests: false',
      'WantAuthnRequestsSigned="true"',
      'requests',
      'warning',
      'the identity provider wants them signed',
    ],
    ['idp_logout: true', '', 'sign_out', 'warning', 'no SingleLogoutService'],
  ])('is compared with "%s"', async (line, roleAttributes, check, status, found) => {
    const { of } = await serving(metadata({ roleAttributes }), line)
    expect(of(check)).toMatchObject([{ status, found: expect.stringContaining(found) }])
  })

  it('says where people sign out', async () => {
    const more = `<md:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="http://127.0.0.1/slo"/>`
    const { of } = await serving(metadata({ more }), 'idp_logout: true')
    expect(of('sign_out')).toMatchObject([{ status: 'ok', found: 'HTTP-POST' }])
  })

  it('may hold certificates beside a good one that can not be used', async () => {
    const { of, code } = await serving(metadata({ keys: [rsaCertificate, 'AAAA', 'BBBB'] }))
    expect(of('certificates')).toMatchObject([
      { status: 'ok' },
      { status: 'warning', found: '2 more that can not be used: it can not be read' },
    ])
    expect(code).toBe(0)
  })

  it('finds the one among many', async () => {
    const many = [
      metadata({ entityId: 'https://a.example' }),
      metadata(),
      metadata({ entityId: 'https://b.example' }),
    ]
    const { of, code } = await serving(
      `<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">${many.join('')}</md:EntitiesDescriptor>`,
    )
    expect({ code, entity: of('entity_id')[0]?.status }).toEqual({ code: 0, entity: 'ok' })
  })

  it.each([
    [
      'a redirect',
      () => new Response(null, { status: 302, headers: { location: '/login?next=x' } }),
      'redirect',
      '/login, which a login does not follow',
    ],
    [
      'a redirect to a person',
      () => new Response(null, { status: 302, headers: { location: '/u/jane@acme.example' } }),
      'redirect',
      'a redirect (302) to (not shown)',
    ],
    ['nothing', () => new Response('', { status: 404 }), 'http_404', 'error status 404'],
    [
      'far too much',
      () => new Response(' '.repeat(5 * 1024 * 1024)),
      'provider_response_too_large',
      'more than 4 MiB',
    ],
  ] as const)('%s comes in its place', async (_, answer, cause, words) => {
    const { of } = await fromUrl(answer)
    expect(of('metadata')).toMatchObject([{ status: 'error', code: cause }])
    expect(of('metadata')[0]?.found).toContain(words)
  })
})

describe('SAML metadata in the configuration', () => {
  it('is looked at, and its end is near', async () => {
    const soon = new Date(Date.now() + 5 * 86_400_000).toISOString()
    bench.write(metadata({ attributes: `validUntil="${soon}"` }), 'idp.xml')
    const { of } = await examined(bench.write(samlEntry('idp_metadata_file: idp.xml')))
    expect(of('valid_until')).toMatchObject([{ status: 'warning' }])
    expect(of('clock')).toEqual([])
  })

  it('may be a certificate alone', async () => {
    const pem = rsaCertificate.trim().replaceAll('\n', '\n        ')
    const { of, code } = await examined(
      bench.write(samlEntry('sso_url: http://127.0.0.1/sso', `x509_cert: |\n        ${pem}`)),
    )
    expect(code).toBe(0)
    expect(of('certificates')).toMatchObject([
      {
        status: 'ok',
        found: `1 certificate (RSA, 2048 bits); until 2126-10-29: ${ofOne(rsaCertificate)}`,
      },
    ])
  })

  it.each([
    ['idp_logout: true', [{ status: 'warning', found: expect.stringContaining('no "slo_url"') }]],
    ['idp_logout: true\n      slo_url: https://127.0.0.1:9/slo', [{ status: 'ok', found: 'HTTP-Redirect' }]],
    ['idp_logout: false', []],
  ])('beside a certificate says whether people can be signed out there: %j', async (lines, expected) => {
    const pem = rsaCertificate.trim().replaceAll('\n', '\n        ')
    const { of } = await examined(
      bench.write(samlEntry('sso_url: http://127.0.0.1/sso', `x509_cert: |\n        ${pem}`, lines)),
    )
    expect(of('sign_out')).toMatchObject(expected)
  })
})
