import { spawnSync } from 'node:child_process'
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

// Each run is a process, and most of them make a key.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

const program = join(import.meta.dirname, '../bin/doorward.mjs')
const folder = mkdtempSync(join(tmpdir(), 'doorward-keygen-saml-'))

afterAll(() => rmSync(folder, { recursive: true }))

function keygen(args: readonly string[], input = '', env: Record<string, string> = {}) {
  const { PATH } = process.env
  return spawnSync(process.execPath, [program, 'keygen', 'saml-keys', ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH, ...env },
    input,
  })
}

function openssl(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' })
  if (status !== 0) throw new Error(`openssl ${args[0]}: ${stderr}`)
  return stdout
}

interface Pair {
  readonly key: string
  readonly certificate: string
}

const pairsOf = (text: string) => (JSON.parse(text) as { keys: Pair[] }).keys
const host = ['--host', 'sso.example.com']

function write(name: string, content: string): string {
  writeFileSync(join(folder, name), content)
  return name
}

let made: ReturnType<typeof keygen>
let pair: Pair
beforeAll(() => {
  made = keygen(host)
  pair = pairsOf(made.stdout)[0] as Pair
  const certificate = new X509Certificate(Buffer.from(pair.certificate, 'base64'))
  write('sp.crt', certificate.toString())
  const key = createPrivateKey({ key: Buffer.from(pair.key, 'base64'), format: 'der', type: 'pkcs8' })
  write('sp.key', key.export({ format: 'pem', type: 'pkcs8' }) as string)
  openssl('genrsa', '-traditional', '-out', 'other.key', '2048')
  openssl(
    'req',
    '-x509',
    '-key',
    'other.key',
    '-subj',
    '/CN=other.example',
    '-days',
    '30',
    '-out',
    'other.crt',
  )
})

describe('doorward keygen saml-keys', () => {
  it('prints one line of JSON and nothing else', () => {
    expect(made.status).toBe(0)
    expect(made.stdout.trimEnd().split('\n')).toHaveLength(1)
    expect(pairsOf(made.stdout)).toHaveLength(1)
  })

  it('says beside it how to keep it, and shows the certificate but not the key', () => {
    expect(made.stderr).toContain('DOORWARD_SAML_KEYS')
    expect(made.stderr).toContain(readFileSync(join(folder, 'sp.crt'), 'utf8').trim())
    expect(made.stderr).not.toContain(pair.key.slice(0, 20))
    const { fingerprint256 } = new X509Certificate(readFileSync(join(folder, 'sp.crt')))
    expect(made.stderr).toContain(fingerprint256)
  })

  it('takes the host from the base URL, and says so where there is none', () => {
    const { stdout } = keygen([], '', { DOORWARD_BASE_URL: 'https://login.example.org:8443' })
    const certificate = new X509Certificate(Buffer.from(pairsOf(stdout)[0]?.certificate ?? '', 'base64'))
    expect(certificate.subject).toBe('CN=login.example.org')
    const { status, stderr } = keygen([])
    expect(status).toBe(2)
    expect(stderr).toContain('--host')
  })
})

describe('what others say of the certificate', () => {
  it('Node reads it, and takes it for that of the key', () => {
    const certificate = new X509Certificate(Buffer.from(pair.certificate, 'base64'))
    const key = createPrivateKey(readFileSync(join(folder, 'sp.key')))
    expect(certificate.checkPrivateKey(key)).toBe(true)
    expect(certificate.verify(certificate.publicKey)).toBe(true)
    expect(certificate.ca).toBe(false)
    expect(certificate.publicKey.asymmetricKeyDetails).toMatchObject({ modulusLength: 3072 })
    expect(certificate.subject).toBe('CN=sso.example.com')
    expect(certificate.issuer).toBe('CN=sso.example.com')
    const years = certificate.validToDate.getUTCFullYear() - certificate.validFromDate.getUTCFullYear()
    expect(years).toBe(10)
    expect(Math.abs(Date.now() - certificate.validFromDate.getTime())).toBeLessThan(60_000)
  })

  it('OpenSSL reads it, and verifies it by the strict rules', () => {
    const text = openssl('x509', '-text', '-noout', '-in', 'sp.crt')
    expect(text).toContain('Version: 3')
    expect(text).toContain('sha256WithRSAEncryption')
    expect(text).toMatch(/Subject: CN ?= ?sso\.example\.com/)
    expect(text).toContain('Digital Signature, Key Encipherment')
    expect(openssl('verify', '-x509_strict', '-CAfile', 'sp.crt', 'sp.crt')).toContain('OK')
    expect(openssl('pkey', '-in', 'sp.key', '-check', '-noout')).toContain('valid')
  })

  it('OpenSSL writes the same bytes again', () => {
    const der = spawnSync('openssl', ['x509', '-in', 'sp.crt', '-outform', 'der'], { cwd: folder }).stdout
    expect(der.toString('base64')).toBe(pair.certificate)
  })
})

describe('doorward keygen saml-keys --rotate', () => {
  it('adds a next key, and says of each what it is for', () => {
    write('keys.json', made.stdout)
    const { status, stdout, stderr } = keygen([...host, '--rotate', 'keys.json'])
    expect(status).toBe(0)
    expect(pairsOf(stdout)).toEqual([pair, expect.anything()])
    expect(stderr).toMatch(/1\. .*signs/)
    expect(stderr).toMatch(/2\. .*next/)
    expect(stderr).toContain('-----BEGIN CERTIFICATE-----')
  })

  it('lets the next key sign, from standard input', () => {
    const both = keygen([...host, '--rotate', '-'], made.stdout).stdout
    const { stdout, stderr } = keygen([...host, '--rotate', '-'], both)
    expect(pairsOf(stdout)).toEqual([pairsOf(both)[1], expect.anything(), pair])
    expect(stderr).toMatch(/3\. .*previous/)
  })

  it.each([
    ['is not there', () => 'nothing.json', 'there is no such file'],
    ['the shell emptied', () => write('empty.json', ''), 'the copy that you kept'],
    ['is not JSON', () => write('text.json', 'correct-horse'), 'they are not JSON'],
    ['is of the other kind', () => write('jwk.json', '{"keys":[{"kty":"EC"}]}'), 'keygen saml-keys'],
  ])('prints nothing from a file that %s, and says so', (_, path, words) => {
    const { status, stdout, stderr } = keygen([...host, '--rotate', path()])
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toMatch(/^doorward: .+\n$/)
    expect(stderr).toContain(words)
    expect(stderr).not.toContain('correct-horse')
  })
})

describe('doorward keygen saml-keys --key --cert', () => {
  it.each(['sp.key', 'one.key'])('takes over a key as it is: %s', (key) => {
    openssl('rsa', '-in', 'sp.key', '-traditional', '-out', 'one.key')
    expect(readFileSync(join(folder, 'one.key'), 'utf8')).toContain('BEGIN RSA PRIVATE KEY')
    const { status, stdout } = keygen(['--key', key, '--cert', 'sp.crt'])
    expect(status).toBe(0)
    expect(pairsOf(stdout)).toEqual([pair])
  })

  it('makes of an older key what OpenSSL makes of it, and nothing of its certificate', () => {
    const { stdout } = keygen(['--key', 'other.key', '--cert', 'other.crt'])
    const converted = spawnSync(
      'openssl',
      ['pkcs8', '-topk8', '-nocrypt', '-in', 'other.key', '-outform', 'der'],
      {
        cwd: folder,
      },
    ).stdout
    const der = spawnSync('openssl', ['x509', '-in', 'other.crt', '-outform', 'der'], { cwd: folder }).stdout
    expect(pairsOf(stdout)).toEqual([
      { key: converted.toString('base64'), certificate: der.toString('base64') },
    ])
  })

  it('takes a key that OpenSSL decrypts, from standard input', () => {
    openssl('pkcs8', '-topk8', '-in', 'sp.key', '-out', 'locked.key', '-passout', 'pass:horse')
    const plain = openssl('pkey', '-in', 'locked.key', '-passin', 'pass:horse')
    expect(pairsOf(keygen(['--key', '-', '--cert', 'sp.crt'], plain).stdout)).toEqual([pair])
  })

  it.each([
    ['of PKCS#8', ['pkcs8', '-topk8', '-in', 'sp.key', '-out', 'locked.key', '-passout', 'pass:horse']],
    [
      'of the older form',
      ['rsa', '-aes256', '-traditional', '-in', 'sp.key', '-out', 'locked.key', '-passout', 'pass:horse'],
    ],
  ])('refuses an encrypted key %s, and says how to decrypt it', (_, args) => {
    openssl(...args)
    const { status, stdout, stderr } = keygen(['--key', 'locked.key', '--cert', 'sp.crt'])
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toContain('openssl pkey -in')
  })

  it.each([
    ['two files that do not belong together', 'sp.key', 'other.crt', 'does not belong'],
    ['a certificate in the place of the key', 'sp.crt', 'sp.crt', 'there is no private key'],
    ['a key in the place of the certificate', 'sp.key', 'sp.key', 'holds a private key as well'],
    ['a file that is not there', 'nothing.key', 'sp.crt', 'there is no such file'],
  ])('refuses %s', (_, key, cert, words) => {
    const { status, stdout, stderr } = keygen(['--key', key, '--cert', cert])
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toContain(words)
  })

  it.each([
    ['a key without its certificate', ['--key', 'sp.key'], '--cert FILE together'],
    ['a certificate without its key', ['--cert', 'sp.crt'], '--cert FILE together'],
    ['a host as well', ['--key', 'sp.key', '--cert', 'sp.crt', ...host], 'leave the others out'],
    ['both from standard input', ['--key', '-', '--cert', '-'], 'only one of the two'],
    ['a URL as host', ['--host', 'https://sso.example.com'], 'a host alone'],
    ['two things', ['again'], 'takes no other arguments'],
  ])('does not understand %s', (_, args, words) => {
    const { status, stdout, stderr } = keygen(args)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain(words)
  })
})

describe('doorward keygen saml-keys --split', () => {
  it('cuts keys into parts that secrets of a Worker have room for, whatever there are', () => {
    const two = keygen([...host, '--rotate', '-'], made.stdout).stdout
    const three = keygen([...host, '--rotate', '-'], two).stdout
    for (const keys of [made.stdout, three]) {
      const { status, stdout, stderr } = keygen(['--split', '-'], keys)
      expect(status).toBe(0)
      expect(stderr).toContain('wrangler secret bulk')
      const parts = JSON.parse(stdout) as Record<string, string>
      expect(Object.keys(parts)).toEqual(['', '_2', '_3', '_4'].map((end) => `DOORWARD_SAML_KEYS${end}`))
      for (const part of Object.values(parts)) {
        expect(part.length).toBeGreaterThan(0)
        expect(part.length).toBeLessThanOrEqual(5000)
      }
      expect(Object.values(parts).join('')).toBe(keys.trim())
    }
  })

  it('cuts nothing that is no keys, and shows nothing of it', () => {
    const { status, stdout, stderr } = keygen(['--split', '-'], 'correct-horse')
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).not.toContain('correct-horse')
    expect(keygen(['--split', '-', ...host], made.stdout).status).toBe(2)
  })
})

describe('the commands that it prints', () => {
  /** How the repository's commands are typed outside it. */
  const elsewhere = `npx -y pnpm@12.21.0 --dir ${join(import.meta.dirname, '../../..')}`

  /** Runs them as they were printed; `doorward` is this one, and what would go to Cloudflare is kept. */
  function runPrinted(stderr: string) {
    const commands = stderr.split('\n').filter((line) => /^ {2}(npx|\(umask)/.test(line))
    const script = commands.map((line) =>
      line
        .replaceAll(`${elsewhere} --silent doorward`, `"${process.execPath}" "${program}"`)
        .replaceAll(`${elsewhere} --filter @doorward/worker exec wrangler`, 'wrangler')
        .replaceAll(/wrangler secret (bulk|put (\w+))/g, 'tee bulk.json > /dev/null'),
    )
    const { PATH } = process.env
    const options = { cwd: folder, encoding: 'utf8', env: { PATH } } as const
    const { status, stderr: said } = spawnSync('sh', ['-ec', script.join('\n')], options)
    return { commands, status, said }
  }
  const read = (name: string) => readFileSync(join(folder, name), 'utf8')

  it('work when they are copied, from the first key to the parts of several', () => {
    write('saml-keys.json', made.stdout)
    const first = runPrinted(made.stderr)
    expect(first).toMatchObject({ status: 0, commands: [expect.any(String), expect.any(String)] })
    expect(read('bulk.json')).toBe(made.stdout)
    const both = read('new-saml-keys.json')
    expect(pairsOf(both)).toEqual([pair, expect.anything()])
    expect(statSync(join(folder, 'new-saml-keys.json')).mode & 0o077).toBe(0)
    const second = runPrinted(first.said)
    expect(second).toMatchObject({ status: 0, commands: [expect.any(String), expect.any(String)] })
    const parts = JSON.parse(read('bulk.json')) as Record<string, string>
    expect(Object.values(parts).join('')).toBe(both.trim())
    expect(read('saml-keys.json')).toBe(both)
    expect(pairsOf(read('new-saml-keys.json'))).toHaveLength(3)
  })

  it('name the host of the certificate, or an example where it has none', () => {
    const adopt = (cert: string) => keygen(['--key', 'other.key', '--cert', cert]).stderr
    expect(adopt('other.crt')).toContain('--host other.example --rotate')
    openssl('req', '-x509', '-key', 'other.key', '-subj', '/CN=Acme; rm -r *', '-out', 'named.crt')
    expect(adopt('named.crt')).toContain('--host sso.example.com --rotate')
  })

  it('are those of the repository within it', () => {
    const within = join(import.meta.dirname, '../../..')
    const { stderr } = keygen(['--split', '-'], made.stdout, { INIT_CWD: within })
    expect(stderr).toContain('npx -y pnpm@12.21.0 --silent doorward keygen saml-keys --split')
    expect(stderr).toContain('npx -y pnpm@12.21.0 --filter @doorward/worker exec wrangler secret bulk')
  })
})
