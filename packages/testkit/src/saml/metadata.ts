import { bindingUri, nameIdFormat, ns } from './names.ts'
import { element, type XmlElement } from './xml/tree.ts'

/** What the metadata of an identity provider says. saml-metadata sections 2.3.2 and 2.4.3. */
export interface MetadataContent {
  readonly entityId: string
  readonly signingCertificates: readonly string[]
  readonly singleSignOn: string
  readonly singleLogout: string
  readonly wantsSignedRequests: boolean
  /** As it will be written. */
  readonly validUntil?: string | undefined
}

export function metadataTree(content: MetadataContent): XmlElement {
  return element(
    'md:EntityDescriptor',
    { 'xmlns:md': ns.md, entityID: content.entityId, validUntil: content.validUntil },
    element(
      'md:IDPSSODescriptor',
      {
        protocolSupportEnumeration: ns.samlp,
        WantAuthnRequestsSigned: content.wantsSignedRequests ? 'true' : undefined,
      },
      ...content.signingCertificates.map((certificate) => keyDescriptor(certificate, 'signing')),
      ...endpoints('md:SingleLogoutService', content.singleLogout),
      ...Object.values(nameIdFormat).map((format) => element('md:NameIDFormat', {}, format)),
      ...endpoints('md:SingleSignOnService', content.singleSignOn),
    ),
  )
}

/** saml-metadata section 2.4.1.1; without a use, a key is for everything. */
export function keyDescriptor(certificate: string, use: 'signing' | 'encryption' | undefined): XmlElement {
  return element(
    'md:KeyDescriptor',
    { use },
    element(
      'ds:KeyInfo',
      { 'xmlns:ds': ns.ds },
      element('ds:X509Data', {}, element('ds:X509Certificate', {}, certificate)),
    ),
  )
}

function endpoints(name: string, Location: string): XmlElement[] {
  return Object.values(bindingUri).map((Binding) => element(name, { Binding, Location }))
}
