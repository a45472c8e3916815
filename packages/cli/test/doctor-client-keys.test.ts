import { generateKeyPairSync } from 'node:crypto'
import { afterAll, afterEach, expect, it, vi } from 'vitest'
import { configuration, createBench, examined } from './doctor-setup.ts'

const bench = createBench()

afterAll(() => bench.end())
afterEach(() => vi.unstubAllEnvs())

/** What is said of the key, where a variable holds it. */
async function saidOf(key: string | undefined) {
  vi.stubEnv('COMPANY_KEY', key)
  const provider = await bench.provider()
  const lines = [
    'id: acme',
    'protocol: OIDC',
    'name: Acme',
    `server_url: ${provider.url}`,
    'client_id: doorward',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how a file refers to the environment
    'client_private_key: ${COMPANY_KEY}',
    'email_domain: acme.example',
  ]
  const { code, told, stdout } = await examined(bench.write(configuration(lines)))
  if (key !== undefined) for (const line of key.split('\n').slice(1, -2)) expect(stdout).not.toContain(line)
  return { code, findings: told.findings.filter(({ check }) => check === 'client_key') }
}

const curve = () => generateKeyPairSync('ec', { namedCurve: 'P-256' })
const pkcs8 = { type: 'pkcs8', format: 'pem' } as const
const spki = { type: 'spki', format: 'pem' } as const

it('a key that can sign is well, also with its line ends written out', async () => {
  const key = curve().privateKey.export(pkcs8).toString()
  const ok = { check: 'client_key', status: 'ok', what: 'client key', found: 'of "acme": can sign (ES256)' }
  expect((await saidOf(key)).findings).toEqual([ok])
  expect((await saidOf(key.replaceAll('\n', '\\n'))).findings).toEqual([ok])
})

it.each([
  ['the public key', () => curve().publicKey.export(spki), /"acme": it is the public key/, /private one/],
  [
    'one in the form of SEC 1',
    () => curve().privateKey.export({ type: 'sec1', format: 'pem' }),
    /"acme": it is not PKCS#8/,
    /openssl pkcs8 -topk8/,
  ],
  ['the name of a file', () => './key.pem', /name of a file/, /paste the PEM text/],
  [
    'a key that is too short',
    () => generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export(pkcs8),
    /"acme": none that can sign/,
    /2048 bits/,
  ],
  [
    'a curve that is not accepted',
    () => generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey.export(pkcs8),
    /"acme": none that can sign/,
    /P-256/,
  ],
])('%s is wrong, and it is said what to do', async (_, make, found, fix) => {
  const { code, findings } = await saidOf(make().toString())
  expect(code).toBe(1)
  expect(findings).toMatchObject([{ status: 'error', code: 'private_key_invalid' }])
  expect(findings[0]?.found).toMatch(found)
  expect(findings[0]?.fix).toMatch(fix)
})

it('one that is set elsewhere is not judged', async () => {
  expect((await saidOf(undefined)).findings).toEqual([])
})
