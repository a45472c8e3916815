import { SsoError } from '@doorward/core'
import { readCertificates, type SamlConnection } from '@doorward/core/config'
import { fetchMetadata } from '@doorward/core/saml'
import { type ExplainedProblem, examineMetadata } from '../metadata-problem.ts'
import { checkCertificates } from './certificates.ts'
import { checkClock } from './clock.ts'
import { type Answer, type Examination, watch } from './examination.ts'
import { type About, about, type Finding } from './finding.ts'
import { checkMetadata, checkSignOut } from './saml-metadata.ts'
import { checkHosts } from './tls.ts'
import { explainTrouble } from './trouble.ts'

/** Everything that can be said of a SAML identity provider without a login. */
export async function examineSaml(
  connection: SamlConnection,
  examination: Examination,
): Promise<readonly Finding[]> {
  const { metadata } = connection
  if (metadata.kind === 'settings') {
    const { ssoUrl, sloUrl, certificates } = metadata
    const at = { binding: 'redirect', responseLocation: undefined } as const
    const singleLogout = sloUrl === undefined ? [] : [{ ...at, location: sloUrl }]
    return [
      ...checkSignOut({ singleLogout }, connection),
      ...checkWritten(certificates, examination.now()),
      ...(await checkHosts([[ssoUrl, 'browsers']], examination)),
    ]
  }
  if (metadata.kind === 'document') {
    return checkDocument(new TextEncoder().encode(metadata.xml), connection, examination)
  }
  const answers: Answer[] = []
  const fetched = await fetchWatched(metadata.url, examination, answers)
  const findings =
    fetched instanceof Uint8Array ? await checkDocument(fetched, connection, examination) : [fetched]
  const hosts = answers.length > 0 ? await checkHosts([[metadata.url, 'Doorward']], examination) : []
  return [...findings, ...hosts, ...checkClock(answers)]
}

function checkWritten(certificates: readonly string[], now: number): readonly Finding[] {
  const read = certificates.map((text) => readCertificates(text))
  const good = read.flatMap((one) => ('certificates' in one ? one.certificates : []))
  const renewal = 'take the one that the identity provider signs with now into "x509_cert"'
  return good.length > 0 ? checkCertificates(good, now, renewal) : []
}

async function fetchWatched(
  url: string,
  examination: Examination,
  answers: Answer[],
): Promise<Uint8Array | Finding> {
  const { channel, answer } = watch(examination, answers)
  const asked = { url, setting: 'metadata_url', wanted: 'the metadata', limit: '4 MiB' }
  try {
    return await fetchMetadata(url, channel)
  } catch (error) {
    if (!(error instanceof SsoError)) throw error
    return explainTrouble(about('metadata', 'metadata'), error, asked, answer())
  }
}

/** Which check it is that a problem is found by. */
const checks: Readonly<Record<ExplainedProblem['fault'], About>> = {
  not_xml: about('metadata', 'metadata'),
  web_page: about('metadata', 'metadata'),
  not_metadata: about('metadata', 'metadata'),
  entity_missing: about('entity_id', 'entity ID'),
  entity_twice: about('entity_id', 'entity ID'),
  no_identity_provider: about('sign_on', 'sign-on'),
  no_saml2: about('sign_on', 'sign-on'),
  no_sign_on: about('sign_on', 'sign-on'),
  valid_until: about('valid_until', 'valid until'),
  expired: about('valid_until', 'valid until'),
  no_key: about('certificates', 'certificates'),
  too_many_keys: about('certificates', 'certificates'),
}

/** Has the login's own code read it. It stops at the first thing that is wrong, and so does this. */
async function checkDocument(
  bytes: Uint8Array,
  connection: SamlConnection,
  examination: Examination,
): Promise<readonly Finding[]> {
  const { baseUrl, now } = examination
  const expected = { entityId: connection.entityId, baseUrl, now: now() }
  const examined = examineMetadata(bytes, expected)
  const { problem } = examined
  if (!problem) return checkMetadata(examined, connection, examination)
  const refusal = checks[problem.fault].error(problem.found, problem.fix, problem.fault)
  if (problem.alike === undefined) return [refusal]
  // The name is mended in a moment; what else is wrong is said at once.
  const meant = examineMetadata(bytes, { ...expected, entityId: problem.alike })
  return [refusal, ...(await checkMetadata(meant, connection, examination))]
}
