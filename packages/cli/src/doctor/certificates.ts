import { X509Certificate } from 'node:crypto'
import { type Certificate, refuseKey } from '@doorward/core/config'
import { about, count, day, type Finding } from './finding.ts'

const EXPIRES_SOON = 30 * 24 * 60 * 60 * 1000

/**
 * Says whether certificates that answers are signed with can be used: when they expire, and by the configuration's own
 * rule, whether their keys are accepted. While one follows another, the old one may have expired.
 *
 * @param certificates at least one
 * @param renewal what to do about one that is not, or soon not, valid
 */
export function checkCertificates(
  certificates: readonly Certificate[],
  now: number,
  renewal: string,
): readonly Finding[] {
  const signing = about('certificates', 'certificates')
  const last = Math.max(...certificates.map(({ notAfter }) => notAfter))
  const number = count(certificates.length, 'certificate')
  const each = certificates.map(describe).join('; ')
  // Of one alone it is said with the rest when it ends.
  const named = certificates.length === 1 ? certificates.map(fingerprints).join() : each
  const which = certificates.length === 1 ? 'it' : 'the last of them'
  const findings: Finding[] = []
  if (last < now) {
    findings.push(
      signing.error(`${number}; ${which} expired on ${day(last)}: ${named}`, renewal, 'certificate_expired'),
    )
  } else if (certificates.every(({ notBefore }) => notBefore > now)) {
    const first = Math.min(...certificates.map(({ notBefore }) => notBefore))
    findings.push(
      signing.error(
        `${number}; not valid before ${day(first)}: ${each}`,
        renewal,
        'certificate_not_yet_valid',
      ),
    )
  } else if (last < now + EXPIRES_SOON) {
    findings.push(
      signing.warning(
        `${number}; ${which} expires on ${day(last)}: ${named}`,
        renewal,
        'certificate_expires_soon',
      ),
    )
  } else {
    const kinds = [...new Set(certificates.map(({ key }) => describeKey(key)))].join(', ')
    findings.push(signing.ok(`${number} (${kinds}); until ${day(last)}: ${named}`))
  }
  return [...findings, ...checkKeys(certificates)]
}

function describe(certificate: Certificate): string {
  return `${fingerprints(certificate)} until ${day(certificate.notAfter)}`
}

/** What identity providers show of it, to be compared: some have the shorter fingerprint alone. */
function fingerprints({ der }: Certificate): string {
  const { fingerprint256, fingerprint } = new X509Certificate(Buffer.from(der, 'base64'))
  return `SHA-256=${fingerprint256} SHA-1=${fingerprint}`
}

/** One key that is refused is no error while there is another. */
function checkKeys(certificates: readonly Certificate[]): readonly Finding[] {
  const signing = about('certificate_key', 'key')
  const refused = certificates.flatMap(({ key }) => refuseKey(key))
  const [first] = refused
  if (first === undefined) return []
  const say = refused.length === certificates.length ? signing.error : signing.warning
  return [say(first.message, first.fix ?? '', 'certificate_key_refused')]
}

function describeKey(key: Certificate['key']): string {
  if (key.type === 'RSA') return `RSA, ${key.bits} bits`
  if (key.type === 'EC') return `EC, ${key.curve}`
  return key.type === 'other' ? `kind ${key.oid}` : key.type
}
