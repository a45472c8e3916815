import { SsoError } from '@doorward/core'
import { readCertificates, type SamlConnection } from '@doorward/core/config'
import { shown } from '@doorward/core/errors'
import { checkCertificates } from './certificates.ts'
import { checkClock } from './clock.ts'
import { type Answer, type Examination, watch } from './examination.ts'
import { about, count, day, type Finding } from './finding.ts'
import { type ScannedEntity, scanMetadata } from './metadata-scan.ts'
import { checkHosts } from './tls.ts'
import { explainTrouble } from './trouble.ts'

/** Everything that can be said of a SAML identity provider without a login. */
export async function examineSaml(
  { metadata, entityId }: SamlConnection,
  examination: Examination,
): Promise<readonly Finding[]> {
  if (metadata.kind === 'settings') {
    return [
      ...checkWritten(metadata.certificates, examination.now()),
      ...(await checkHosts([[metadata.ssoUrl, 'browsers']], examination)),
    ]
  }
  if (metadata.kind === 'document')
    return checkDocument(metadata.xml, { entityId, isFetched: false }, examination)
  const answers: Answer[] = []
  const fetched = await fetchMetadata(metadata.url, examination, answers)
  const findings =
    typeof fetched === 'string'
      ? await checkDocument(fetched, { entityId, isFetched: true }, examination)
      : [fetched]
  const hosts = answers.length > 0 ? await checkHosts([[metadata.url, 'Doorward']], examination) : []
  return [...findings, ...hosts, ...checkClock(answers)]
}

function checkWritten(certificates: readonly string[], now: number): readonly Finding[] {
  const read = certificates.map((text) => readCertificates(text))
  const good = read.flatMap((one) => ('certificates' in one ? one.certificates : []))
  const renewal = 'take the one that the identity provider signs with now into "x509_cert"'
  return good.length > 0 ? checkCertificates(good, now, renewal) : []
}

async function fetchMetadata(
  url: string,
  examination: Examination,
  answers: Answer[],
): Promise<string | Finding> {
  const metadata = about('metadata', 'metadata')
  const { channel, answer } = watch(examination, answers)
  const asked = { url, setting: 'metadata_url', wanted: 'the metadata' }
  try {
    const accept = 'application/samlmetadata+xml, application/xml, text/xml'
    const response = await channel.fetch(url, { method: 'GET', headers: { accept } })
    if (response.status === 200) return await response.text()
    const details = { status: response.status }
    throw new SsoError('provider_response_invalid', 'an error status', { details })
  } catch (error) {
    if (!(error instanceof SsoError)) throw error
    return explainTrouble(metadata, error, asked, answer())
  }
}

interface Expected {
  readonly entityId: string
  /** Whether it is fetched anew now and then, or stays as it is until somebody changes it. */
  readonly isFetched: boolean
}

async function checkDocument(
  text: string,
  expected: Expected,
  examination: Examination,
): Promise<readonly Finding[]> {
  const metadata = about('metadata', 'metadata')
  const scanned = scanMetadata(text)
  if (scanned.kind !== 'entities') {
    const found = {
      'web page': 'a web page',
      'not XML': 'not XML',
      'other XML': 'XML, but no SAML metadata',
      'too large': 'too large',
    }
    return [
      metadata.error(
        found[scanned.kind],
        'take the address or the file that the identity provider calls "metadata": it begins with <EntityDescriptor',
        'metadata_invalid',
      ),
    ]
  }
  const { entities } = scanned
  const found = metadata.ok(`for ${entities.length === 1 ? 'one entity' : `${entities.length} entities`}`)
  const [entity, finding] = findEntity(entities, expected.entityId)
  if (!entity) return [found, finding]
  const now = examination.now()
  const location = entity.signOn[0]?.location ?? ''
  return [
    found,
    finding,
    checkSignOn(entity),
    ...checkValidity(entity, expected, now),
    ...checkSigning(entity, now),
    ...(await checkHosts([[location, 'browsers']], examination)),
  ]
}

/** The configured entity ID has to be there to the letter; one that looks like it is found too, and complained about. */
function findEntity(
  entities: readonly ScannedEntity[],
  entityId: string,
): readonly [ScannedEntity | undefined, Finding] {
  const name = about('entity_id', 'entity ID')
  const exact = entities.find((entity) => entity.entityId === entityId)
  if (exact) return [exact, name.ok(entityId)]
  const alike = entities.find((entity) => looseForm(entity.entityId) === looseForm(entityId))
  if (alike) {
    return [
      alike,
      name.warning(
        `${shown(alike.entityId)}; "entity_id" differs in the scheme or the final slash alone, and that counts`,
        `write "entity_id: ${shown(alike.entityId)}"`,
        'entity_id',
      ),
    ]
  }
  const [only] = entities
  const received = entities.length === 1 && only ? shown(only.entityId) : `${count(entities.length, 'other')}`
  return [
    undefined,
    name.error(
      `the metadata is of ${received}, and "entity_id" says ${entityId}`,
      'if that is the identity provider you mean, write its name to the letter; if not, mend "metadata_url"',
      'entity_id',
    ),
  ]
}

/** More than the standard allows is not looked at. */
function looseForm(entityId: string): string {
  return entityId
    .slice(0, 1024)
    .trim()
    .replace(/^https?:\/\//i, '')
    .replace(/\/+$/, '')
    .toLowerCase()
}

const usableBindings = /:bindings:HTTP-(Redirect|POST)$/

function checkSignOn({ isIdentityProvider, signOn }: ScannedEntity): Finding {
  const sso = about('sign_on', 'sign-on')
  if (!isIdentityProvider) {
    return sso.error(
      'the metadata is of a service provider',
      "take the identity provider's metadata; this may be that of an application",
      'sign_on',
    )
  }
  const usable = signOn.flatMap(({ binding }) => usableBindings.exec(binding)?.[1] ?? [])
  if (usable.length > 0) return sso.ok([...new Set(usable)].map((name) => `HTTP-${name}`).join(', '))
  return sso.error(
    'no SingleSignOnService by HTTP-Redirect or HTTP-POST',
    'allow one of the two bindings at the identity provider',
    'sign_on',
  )
}

const SOON = 30 * 24 * 60 * 60 * 1000

function checkValidity(
  { validUntil }: ScannedEntity,
  { isFetched }: Expected,
  now: number,
): readonly Finding[] {
  const validity = about('valid_until', 'valid until')
  if (validUntil === undefined) return []
  const renewal = isFetched
    ? 'the identity provider has to publish it anew'
    : 'take the metadata from the identity provider anew, or use "metadata_url"'
  if (Number.isNaN(validUntil)) return [validity.warning('"validUntil" is no time', renewal, 'valid_until')]
  if (validUntil < now)
    return [validity.error(`the metadata expired on ${day(validUntil)}`, renewal, 'valid_until')]
  // What is fetched is renewed all the time, and may be good for hours.
  if (!isFetched && validUntil < now + SOON) {
    return [validity.warning(`the metadata expires on ${day(validUntil)}`, renewal, 'valid_until')]
  }
  return [validity.ok(day(validUntil))]
}

function checkSigning({ certificates }: ScannedEntity, now: number): readonly Finding[] {
  const signing = about('certificates', 'certificates')
  const read = certificates.slice(0, 20).map((text) => readCertificates(text))
  const good = read.flatMap((one) => ('certificates' in one ? one.certificates : []))
  const broken = read.length - good.length
  if (good.length === 0) {
    return [
      signing.error(
        broken > 0 ? 'none that can be read' : 'none for signing',
        'the identity provider has to publish the certificate it signs with',
        'certificates',
      ),
    ]
  }
  const renewal = 'the identity provider has to publish the one that it signs with now'
  return [
    ...checkCertificates(good, now, renewal),
    ...(broken > 0
      ? [
          signing.warning(
            `${count(broken, 'more')} that can not be read`,
            'take it out at the identity provider',
            'certificates',
          ),
        ]
      : []),
  ]
}
