import { bare, rsaCertificate } from './doctor-certificates.ts'
import { configuration } from './doctor-setup.ts'

/** The identity provider of the tests. */
export const ENTITY_ID = 'https://idp.acme.example/saml'

/** What may differ in metadata. */
export interface Metadata {
  readonly entityId?: string
  readonly attributes?: string
  readonly role?: string
  readonly keys?: readonly string[]
  readonly binding?: string
  readonly location?: string
  readonly protocol?: string
  readonly roleAttributes?: string
  /** Elements after the sign-on. */
  readonly more?: string
}

/** Metadata of one identity provider. */
export function metadata({
  entityId = ENTITY_ID,
  attributes = '',
  role = 'IDPSSODescriptor',
  keys = [rsaCertificate],
  binding = 'HTTP-Redirect',
  location = 'http://127.0.0.1/sso',
  protocol = 'urn:oasis:names:tc:SAML:2.0:protocol',
  roleAttributes = '',
  more = '',
}: Metadata = {}): string {
  const descriptors = keys.map(
    (pem) =>
      `<md:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>\n${bare(pem)}\n</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`,
  )
  return `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="${entityId}" ${attributes}>
<!-- <EntityDescriptor entityID="nobody"> -->
<md:${role} protocolSupportEnumeration="${protocol}" ${roleAttributes}>${descriptors.join('')}
<md:KeyDescriptor use="encryption"><ds:X509Certificate>AAAA</ds:X509Certificate></md:KeyDescriptor>
<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:${binding}" Location="${location}"/>${more}
</md:${role}></md:EntityDescriptor>`
}

/** A configuration with one connection by SAML. */
export function samlEntry(...lines: readonly string[]): string {
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
