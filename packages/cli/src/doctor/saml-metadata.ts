import { readCertificates, type SamlConnection } from '@doorward/core/config'
import type { IdpMetadata } from '@doorward/core/saml'
import { type ExaminedMetadata, whyUnusable } from '../metadata-problem.ts'
import { checkCertificates } from './certificates.ts'
import type { Examination } from './examination.ts'
import { about, day, type Finding } from './finding.ts'
import { checkHosts } from './tls.ts'

/** What can be said of metadata that a login can use. */
export async function checkMetadata(
  { metadata, skipped }: ExaminedMetadata,
  connection: SamlConnection,
  examination: Examination,
): Promise<readonly Finding[]> {
  if (!metadata) return []
  const now = examination.now()
  const isNamed = metadata.entityId === connection.entityId
  return [
    ...(isNamed ? [about('entity_id', 'entity ID').ok(metadata.entityId)] : []),
    checkSignOn(metadata, connection),
    ...checkRequests(metadata, connection),
    ...checkSignOut(metadata, connection),
    ...checkValidity(metadata, connection, now),
    ...checkSigning(
      metadata,
      skipped.flatMap((part) => whyUnusable(part) ?? []),
      now,
    ),
    ...(await checkHosts([[metadata.singleSignOn[0]?.location ?? '', 'browsers']], examination)),
  ]
}

function checkSignOn({ singleSignOn }: IdpMetadata, { ssoBinding }: SamlConnection): Finding {
  const signOn = about('sign_on', 'sign-on')
  const offered = bindingsOf(singleSignOn)
  if (ssoBinding === 'automatic' || singleSignOn.some(({ binding }) => binding === ssoBinding)) {
    return signOn.ok(offered)
  }
  return signOn.error(
    `"sso_binding" says ${ssoBinding}, and the identity provider offers ${offered} alone`,
    'remove "sso_binding", or allow that binding at the identity provider',
    'sso_binding',
  )
}

function bindingsOf(endpoints: IdpMetadata['singleSignOn']): string {
  return endpoints.map(({ binding }) => (binding === 'post' ? 'HTTP-POST' : 'HTTP-Redirect')).join(', ')
}

function checkRequests(
  { wantsSignedRequests }: IdpMetadata,
  { signsRequests }: SamlConnection,
): readonly Finding[] {
  if (!wantsSignedRequests) return []
  const requests = about('requests', 'requests')
  return [
    signsRequests === false
      ? requests.warning(
          'the identity provider wants them signed, and "sign_requests" says that they are not',
          'remove "sign_requests: false"',
          'sign_requests',
        )
      : requests.ok('signed, as the identity provider wants them, once DOORWARD_SAML_KEYS is set'),
  ]
}

/** Whether people can be signed out at the identity provider, where that is wanted. */
export function checkSignOut(
  { singleLogout }: Pick<IdpMetadata, 'singleLogout'>,
  { logsOutAtProvider, metadata }: Pick<SamlConnection, 'logsOutAtProvider' | 'metadata'>,
): readonly Finding[] {
  if (!logsOutAtProvider) return []
  const signOut = about('sign_out', 'sign-out')
  if (singleLogout.length > 0) return [signOut.ok(bindingsOf(singleLogout))]
  const [what, fix] =
    metadata.kind === 'settings'
      ? ['no "slo_url"', 'add it']
      : ['no SingleLogoutService by HTTP-Redirect or HTTP-POST', 'switch single logout on there']
  const found = `${what}: people stay signed in at the identity provider`
  return [signOut.warning(found, `${fix}, or remove "idp_logout"`, 'sign_out')]
}

const SOON = 30 * 24 * 60 * 60 * 1000

function checkValidity(
  { validUntil }: IdpMetadata,
  { metadata }: SamlConnection,
  now: number,
): readonly Finding[] {
  if (validUntil === undefined) return []
  const validity = about('valid_until', 'valid until')
  // What is fetched is renewed all the time, and may be good for hours.
  if (metadata.kind === 'url' || validUntil >= now + SOON) return [validity.ok(day(validUntil))]
  return [
    validity.warning(
      `the metadata expires on ${day(validUntil)}`,
      'take the metadata from the identity provider anew, or use "metadata_url"',
      'valid_until',
    ),
  ]
}

/** @param unusable why others beside them are passed over */
function checkSigning(
  { signingCertificates }: IdpMetadata,
  unusable: readonly string[],
  now: number,
): readonly Finding[] {
  const read = signingCertificates.map((text) => readCertificates(text))
  const certificates = read.flatMap((one) => ('certificates' in one ? one.certificates : []))
  const renewal = 'the identity provider has to publish the one that it signs with now'
  const findings = checkCertificates(certificates, now, renewal)
  if (unusable.length === 0) return findings
  const passedOver = about('certificates', 'certificates').warning(
    `${unusable.length} more that can not be used: ${[...new Set(unusable)].join(', ')}`,
    'does the identity provider sign with another one; if not, take it out there',
    'certificates',
  )
  return [...findings, passedOver]
}
