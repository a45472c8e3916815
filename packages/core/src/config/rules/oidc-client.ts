import { readCertificates } from '../../encoding/certificate.ts'
import { privateKeyProblem } from '../private-key.ts'
import { type Entry, type Finding, textOf } from './entry.ts'

/** What proves who we are, and what else stands there as if it did. */
export function checkClient(entry: Entry): readonly Finding[] {
  const method = methodOf(entry)
  return [
    ...checkSecret(entry, method),
    ...(method === 'private_key_jwt' ? checkKey(entry) : checkUnusedKey(entry, method)),
  ]
}

type Method = 'secret' | 'private_key_jwt' | 'none' | 'implicit'

function methodOf({ value }: Entry): Method {
  if (value['response_type'] === 'id_token') return 'implicit'
  const named = value['token_auth_method']
  if (named === 'none' || named === 'private_key_jwt') return named
  return named === undefined && value['client_private_key'] !== undefined ? 'private_key_jwt' : 'secret'
}

const whyUnused: Readonly<Record<Method, string>> = {
  secret: '"token_auth_method" wants a secret',
  private_key_jwt: '"client_private_key" stands in its place',
  none: '"token_auth_method" is none',
  implicit: '"response_type" is id_token',
}

function checkSecret({ value }: Entry, method: Method): readonly Finding[] {
  const hasSecret = value['client_secret'] !== undefined
  if (hasSecret && method !== 'secret') return [unused('client_secret', whyNoSecret(value, method))]
  if (hasSecret || method !== 'secret') return []
  const fix =
    'add "client_secret: …" as the provider shows it; for a public client without one, "token_auth_method: none"'
  return [{ code: 'key_missing', message: '"client_secret" is missing', fix }]
}

/** The key that stands in its place may be missing. */
function whyNoSecret(value: Entry['value'], method: Method): string {
  return method === 'private_key_jwt' && value['client_private_key'] === undefined
    ? '"token_auth_method" is private_key_jwt'
    : whyUnused[method]
}

function unused(key: string, why: string): Finding {
  const message = `"${key}" is not used: ${why}`
  return { code: 'secret_unused', key, at: 'key', message, fix: 'remove it' }
}

function checkUnusedKey({ value }: Entry, method: Method): readonly Finding[] {
  const keys = ['client_private_key', 'client_key_id', 'client_certificate', 'client_assertion_audience']
  return keys.filter((key) => value[key] !== undefined).map((key) => unused(key, whyUnused[method]))
}

function checkKey(entry: Entry): readonly Finding[] {
  if (entry.value['client_private_key'] === undefined) {
    const fix =
      'add "client_private_key: |" and the PEM text, indented below; or the name of a secret that holds it'
    return [{ code: 'key_missing', message: '"client_private_key" is missing', fix }]
  }
  const key = 'client_private_key'
  const text = textOf(entry, key) ?? ''
  // It is in the environment of the host where Doorward runs.
  const problem = text.includes('${') ? undefined : privateKeyProblem(text)
  const findings: Finding[] = problem
    ? [{ code: 'private_key_invalid', key, message: `"${key}" ${problem.found}`, fix: problem.fix }]
    : []
  return [...findings, ...checkCertificate(entry)]
}

function checkCertificate(entry: Entry): readonly Finding[] {
  const text = textOf(entry, 'client_certificate')
  if (text === undefined) return []
  const read = readCertificates(text)
  if ('certificates' in read) return []
  const isPrivate = read.problem.kind === 'private_key'
  return [
    {
      code: isPrivate ? 'certificate_private_key' : 'certificate_invalid',
      key: 'client_certificate',
      message: `"client_certificate" ${isPrivate ? 'is or holds a private key' : 'is no certificate that can be read'}`,
      fix: 'paste the certificate as PEM, the same as was uploaded at the provider',
    },
  ]
}
