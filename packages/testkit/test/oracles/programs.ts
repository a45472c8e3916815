import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Runs what needs files in a folder of its own, which is gone afterwards. */
function inFolder<Result>(
  files: Readonly<Record<string, string | Buffer>>,
  run: (folder: string) => Result,
): Result {
  const folder = mkdtempSync(join(tmpdir(), 'testkit-'))
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
    return run(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Which element names may carry an ID, as a careless user of xmlsec1 says: all that SAML has. */
const idAttributes = ['Assertion', 'Response', 'LogoutRequest', 'LogoutResponse'].flatMap((name) => [
  '--id-attr:ID',
  name,
])

export interface Verdict {
  readonly valid: boolean
  readonly says: string
}

/** Whether xmlsec1 takes the first signature of a document for one by the holder of a certificate. */
export function xmlsecVerify(
  xml: string | Buffer,
  certificate: string,
  extra: readonly string[] = [],
): Verdict {
  const files = { 'message.xml': xml, 'certificate.pem': pem(certificate) }
  return inFolder(files, (folder) => {
    const key = ['--pubkey-cert-pem', join(folder, 'certificate.pem'), '--enabled-key-data', 'rsa,ec']
    const options = ['--verify', ...key, ...idAttributes, ...extra, join(folder, 'message.xml')]
    const { status, stderr, stdout } = spawnSync('xmlsec1', options, { encoding: 'utf8' })
    return { valid: status === 0, says: `${stdout}${stderr}` }
  })
}

/** What xmlsec1 decrypts a document to. */
export function xmlsecDecrypt(xml: string, privateKey: string): string {
  const key = `-----BEGIN PRIVATE KEY-----\n${lines(privateKey)}\n-----END PRIVATE KEY-----\n`
  return inFolder({ 'message.xml': xml, 'key.pem': key }, (folder) =>
    execFileSync(
      'xmlsec1',
      ['--decrypt', '--privkey-pem', join(folder, 'key.pem'), join(folder, 'message.xml')],
      {
        encoding: 'utf8',
      },
    ),
  )
}

/** Runs an XPath expression over a document; undefined when xmllint can not read it. */
export function xpath(xml: string | Buffer, expression: string): string | undefined {
  const { status, stdout } = spawnSync('xmllint', ['--xpath', expression, '-'], {
    input: xml,
    encoding: 'utf8',
  })
  return status === 0 ? stdout.replace(/\n$/, '') : undefined
}

/** Whether xmllint reads a document without complaint. */
export function isWellFormed(xml: string | Buffer): boolean {
  const { status, stderr } = spawnSync('xmllint', ['--noout', '-'], { input: xml, encoding: 'utf8' })
  return status === 0 && stderr === ''
}

function pem(certificate: string): string {
  return `-----BEGIN CERTIFICATE-----\n${lines(certificate)}\n-----END CERTIFICATE-----\n`
}

function lines(base64: string): string {
  return (base64.match(/.{1,64}/g) ?? []).join('\n')
}
