import type { SamlConnection, ServiceProviderDescription } from '../../config/connection.ts'
import { buildKeyInfo } from '../sign.ts'
import type { KeyPair, ServiceProviderKeys } from '../sp-keys.ts'
import { bindings, NS } from '../urns.ts'
import { element, type OutgoingElement, writeXml } from '../xml/writer.ts'

type Organization = NonNullable<ServiceProviderDescription['organization']>
type Contact = ServiceProviderDescription['contacts'][number]

/** What we tell one identity provider about us. */
export interface ServiceProviderMetadata {
  readonly entityId: string
  readonly acsUrl: string
  readonly sloUrl: string
  /** Undefined: requests are not signed, and nothing can be encrypted for us. */
  readonly keys: ServiceProviderKeys | undefined
  /** Whether our authentication requests are signed; `automatic`: where the identity provider wants it. */
  readonly signsRequests: SamlConnection['signsRequests']
  readonly wantsSignedAssertions: boolean
  /** What NameID we ask for; undefined: whatever the identity provider sends. */
  readonly nameIdFormat: string | undefined
  /** Who runs this, and whom to turn to. */
  readonly description: ServiceProviderDescription
}

/**
 * Builds our metadata
 * ([SAML Metadata, section 2.4.4](https://docs.oasis-open.org/security/saml/v2.0/saml-metadata-2.0-os.pdf)), to be
 * served as `application/samlmetadata+xml`. The order of the parts is the schema's.
 */
export function buildServiceProviderMetadata(metadata: ServiceProviderMetadata): string {
  const { entityId, acsUrl, sloUrl, keys, nameIdFormat, description } = metadata
  const pairs = keys?.pairs ?? []
  const descriptor = element(
    'md:SPSSODescriptor',
    {
      protocolSupportEnumeration: NS.samlp,
      // Where it depends on what they say, we say nothing: some would stop asking for signatures otherwise.
      AuthnRequestsSigned:
        metadata.signsRequests === 'automatic' ? undefined : String(metadata.signsRequests),
      WantAssertionsSigned: String(metadata.wantsSignedAssertions),
    },
    [
      ...pairs.map((pair) => buildKeyDescriptor(pair, 'signing')),
      ...pairs.map((pair) => buildKeyDescriptor(pair, 'encryption')),
      // Without keys we could not sign what is sent there, and unsigned it counts for nothing.
      ...(keys ? [bindings.redirect, bindings.post] : []).map((binding) =>
        element('md:SingleLogoutService', { Binding: binding, Location: sloUrl }),
      ),
      nameIdFormat === undefined ? undefined : element('md:NameIDFormat', {}, [nameIdFormat]),
      element('md:AssertionConsumerService', {
        Binding: bindings.post,
        Location: acsUrl,
        index: '0',
        isDefault: 'true',
      }),
    ],
  )
  return writeXml(
    element('md:EntityDescriptor', { entityID: entityId }, [
      descriptor,
      description.organization && buildOrganization(description.organization),
      ...description.contacts.map(buildContact),
    ]),
  )
}

/** SAML Metadata, section 2.4.1.1. With what may be encrypted for us, the best first. */
function buildKeyDescriptor(pair: KeyPair, use: 'signing' | 'encryption'): OutgoingElement {
  const methods = use === 'encryption' ? encryptionMethods : []
  return element('md:KeyDescriptor', { use }, [
    buildKeyInfo(pair),
    ...methods.map((Algorithm) => element('md:EncryptionMethod', { Algorithm })),
  ])
}

const encryptionMethods = [
  `${NS.xenc11}aes256-gcm`,
  `${NS.xenc11}aes128-gcm`,
  // Both its hashes are SHA-1 when nothing else is said.
  `${NS.xenc}rsa-oaep-mgf1p`,
]

/** The standard wants a language with every text for people, and the configuration has none. */
const LANGUAGE = { 'xml:lang': 'en' }

/** SAML Metadata, section 2.3.2.1. */
function buildOrganization({ name, displayName, url }: Organization): OutgoingElement {
  return element('md:Organization', {}, [
    element('md:OrganizationName', LANGUAGE, [name]),
    element('md:OrganizationDisplayName', LANGUAGE, [displayName]),
    element('md:OrganizationURL', LANGUAGE, [url]),
  ])
}

/** SAML Metadata, section 2.3.2.2. */
function buildContact({ type, name, email }: Contact): OutgoingElement {
  return element('md:ContactPerson', { contactType: type }, [
    name === undefined ? undefined : element('md:GivenName', {}, [name]),
    element('md:EmailAddress', {}, [`mailto:${email}`]),
  ])
}
