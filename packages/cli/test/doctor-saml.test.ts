import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { scanMetadata } from '../src/doctor/metadata-scan.ts'
import { bare, expiredCertificate, localhostCertificate, rsaCertificate } from './doctor-certificates.ts'
import { configuration, createBench, examined } from './doctor-setup.ts'

const bench = createBench()

afterAll(() => bench.end())

const ENTITY_ID = 'https://idp.acme.example/saml'

interface Metadata {
  readonly entityId?: string
  readonly attributes?: string
  readonly role?: string
  readonly keys?: readonly string[]
  readonly binding?: string
}

function metadata({
  entityId = ENTITY_ID,
  attributes = '',
  role = 'IDPSSODescriptor',
  keys = [rsaCertificate],
  binding = 'HTTP-Redirect',
}: Metadata = {}): string {
  const descriptors = keys.map(
    (pem) =>
      `<md:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>\n${bare(pem)}\n</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`,
  )
  return `<?xml version="1.0"?><!-- <EntityDescriptor entityID="nobody"> -->
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${entityId}" ${attributes}>
<md:${role}>${descriptors.join('')}
<md:KeyDescriptor use="encryption"><ds:X509Certificate>AAAA</ds:X509Certificate></md:KeyDescriptor>
<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:${binding}" Location="http://127.0.0.1/sso"/>
</md:${role}></md:EntityDescriptor>`
}

function samlEntry(...lines: readonly string[]): string {
  return configuration([
    'id: acme',
    'protocol: SAML',
    'name: Acme',
    `entity_id: ${ENTITY_ID}`,
    'email_domain: acme.example',
    'attribute_mapping:\n        email: email',
    ...lines,
  ])
}

async function fromUrl(answer: () => Response) {
  const url = await bench.serve({ fetch: answer })
  return examined(bench.write(samlEntry(`metadata_url: ${url}/metadata`)))
}

function serving(text: string) {
  return fromUrl(() => new Response(text, { headers: { 'content-type': 'application/samlmetadata+xml' } }))
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

  it('may be needed all the same where it does not', async () => {
    const { told } = await examined(path())
    expect(told.findings).toContainEqual(expect.objectContaining({ check: 'saml_keys', status: 'ok' }))
  })

  it('are not shown where they are here', async () => {
    vi.stubEnv('DOORWARD_SAML_KEYS', 'correct-horse')
    const { told, stdout, stderr } = await examined(path('sign_requests: true'))
    expect(told.findings).toContainEqual(expect.objectContaining({ check: 'saml_keys', status: 'ok' }))
    expect(stdout + stderr).not.toContain('correct-horse')
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
      ['metadata', 'ok', 'for one entity'],
      ['entity_id', 'ok', ENTITY_ID],
      ['sign_on', 'ok', 'HTTP-Redirect'],
      ['certificates', 'ok', '1 certificate (RSA, 2048 bits); until 2126-10-29'],
      ['clock', 'ok', 'as here'],
    ])
    expect(code).toBe(0)
    expect(told.connections[0]?.registrations).toHaveLength(4)
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
      { status: 'warning', fix: `write "entity_id: ${ENTITY_ID}/"` },
    ],
    [
      'with another scheme',
      metadata({ entityId: ENTITY_ID.replace('https', 'http') }),
      'entity_id',
      { status: 'warning' },
    ],
    [
      'of a service provider',
      metadata({ role: 'SPSSODescriptor' }),
      'sign_on',
      { status: 'error', found: 'the metadata is of a service provider' },
    ],
    ['with another binding', metadata({ binding: 'SOAP' }), 'sign_on', { status: 'error' }],
    [
      'that expired',
      metadata({ attributes: 'validUntil="2021-01-01T00:00:00Z"' }),
      'valid_until',
      { status: 'error', found: 'the metadata expired on 2021-01-01' },
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
      { status: 'warning' },
    ],
    [
      'with an expired certificate',
      metadata({ keys: [expiredCertificate] }),
      'certificates',
      { status: 'error', found: '1 certificate; it expired on 2021-01-01' },
    ],
    [
      'with an expired certificate beside a good one',
      metadata({ keys: [expiredCertificate, localhostCertificate] }),
      'certificates',
      { status: 'ok' },
    ],
    [
      'without certificates',
      metadata({ keys: [] }),
      'certificates',
      { status: 'error', found: 'none for signing' },
    ],
    [
      'with a broken certificate',
      metadata({ keys: ['AAAA'] }),
      'certificates',
      { status: 'error', found: 'none that can be read' },
    ],
    [
      'in place of which a page comes',
      '<!doctype html><title>Sign in</title>',
      'metadata',
      { status: 'error', found: 'a web page' },
    ],
    ['in place of which JSON comes', '{}', 'metadata', { status: 'error', found: 'not XML' }],
    [
      'in place of which other XML comes',
      '<?xml version="1.0"?><rss/>',
      'metadata',
      { status: 'error', found: 'XML, but no SAML metadata' },
    ],
  ]
  it.each(cases)('%s', async (_, text, check, expected) => {
    const { of, code } = await serving(text)
    expect(of(check)).toMatchObject([expected])
    expect(code).toBe(of(check)[0]?.status === 'error' ? 1 : 0)
  })

  it('finds the one among many', async () => {
    const many = [
      metadata({ entityId: 'https://a.example' }),
      metadata(),
      metadata({ entityId: 'https://b.example' }),
    ]
    const { of, code } = await serving(`<md:EntitiesDescriptor>${many.join('')}</md:EntitiesDescriptor>`)
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
      () => new Response(' '.repeat(2 * 1024 * 1024)),
      'provider_response_too_large',
      'more than 1 MiB',
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
      { status: 'ok', found: '1 certificate (RSA, 2048 bits); until 2126-10-29' },
    ])
  })
})

describe('the look at metadata', () => {
  it('reads references, other quotes and no prefix', () => {
    const text = `<EntityDescriptor entityID='https://idp.example/?a=1&amp;b=2'><IDPSSODescriptor/></EntityDescriptor>`
    expect(scanMetadata(text)).toMatchObject({
      entities: [{ entityId: 'https://idp.example/?a=1&b=2', isIdentityProvider: true }],
    })
  })

  it.each([
    ['names without end', `<${'a'.repeat(1_000_000)}`],
    ['names without end, often', '<aaaaaaaaa'.repeat(100_000)],
    ['attributes without values', `<EntityDescriptor ${'a '.repeat(500_000)}>`],
    ['one long attribute', `<EntityDescriptor ${'a'.repeat(1_000_000)}>`],
    ['spaces', `<EntityDescriptor a${' '.repeat(1_000_000)}>`],
    ['quotes', `<EntityDescriptor ${`a="b='`.repeat(150_000)}>`],
    ['comments without end', '<!--'.repeat(250_000)],
    ['brackets', '<'.repeat(1_000_000)],
  ])('takes no time for %s', (_, text) => {
    const begun = performance.now()
    scanMetadata(`<x>${text}`)
    expect(performance.now() - begun).toBeLessThan(1000)
  })

  it('does not take more than 4 MiB', () => {
    expect(scanMetadata(`<x>${' '.repeat(4 * 1024 * 1024)}`)).toEqual({ kind: 'too large' })
  })
})
