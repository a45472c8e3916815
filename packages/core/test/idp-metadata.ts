import { testCertificates } from './certificates.ts'

/*
 * Metadata in the shapes in which real identity providers write it, made for these tests. The certificates are TEST
 * CERTIFICATES of test/certificates.ts; names and addresses belong to nobody.
 */

const MD = 'urn:oasis:names:tc:SAML:2.0:metadata'
const DS = 'http://www.w3.org/2000/09/xmldsig#'
const PROTOCOL = 'urn:oasis:names:tc:SAML:2.0:protocol'

/** A name of one of the test certificates. */
export type CertificateName = keyof typeof testCertificates

/** A test certificate as base64, in lines as PEM has them. */
export function wrapped(name: CertificateName): string {
  return testCertificates[name].pem.split('\n').slice(1, -1).join('\n')
}

/** A test certificate as base64, in one line. */
export function der(name: CertificateName): string {
  return wrapped(name).replaceAll('\n', '')
}

const binding = (name: string) => `urn:oasis:names:tc:SAML:2.0:bindings:${name}`

/** What plain metadata is made of. */
export interface MetadataParts {
  readonly entityId: string
  /** Attributes of the EntityDescriptor, and of its role. */
  readonly entityAttributes: string
  readonly roleAttributes: string
  /** What stands before and after the one role. */
  readonly before: string
  readonly after: string
  readonly keys: string
  readonly services: string
}

/** A KeyDescriptor for signing, or with other attributes. */
export function keyDescriptor(certificate: string, attributes = 'use="signing"'): string {
  return `<md:KeyDescriptor ${attributes}><ds:KeyInfo xmlns:ds="${DS}"><ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`
}

/** An endpoint element. */
export function service(name: string, bindingName: string, location: string, more = ''): string {
  return `<md:${name} Binding="${binding(bindingName)}" Location="${location}"${more}/>`
}

export const ENTITY_ID = 'https://idp.example/metadata'
export const SIGN_ON = 'https://idp.example/sso'

/** Plain metadata of one identity provider, after some changes. */
export function metadataWith(changes: Partial<MetadataParts> = {}): string {
  return `<?xml version="1.0"?>\n${entityWith(changes)}`
}

/** The same without XML declaration, to be put somewhere. */
export function entityWith(changes: Partial<MetadataParts> = {}): string {
  const parts: MetadataParts = {
    entityId: ENTITY_ID,
    entityAttributes: '',
    roleAttributes: '',
    before: '',
    after: '',
    keys: keyDescriptor(der('p256')),
    services: service('SingleSignOnService', 'HTTP-Redirect', SIGN_ON),
    ...changes,
  }
  return `<md:EntityDescriptor xmlns:md="${MD}" entityID="${parts.entityId}" ${parts.entityAttributes}>${parts.before}<md:IDPSSODescriptor protocolSupportEnumeration="${PROTOCOL}" ${parts.roleAttributes}>${parts.keys}${parts.services}</md:IDPSSODescriptor>${parts.after}</md:EntityDescriptor>`
}

/** Metadata of a provider, and what is to be read in it. */
export interface ProviderMetadata {
  readonly entityId: string
  readonly xml: string
  readonly expected: object
}

const entra = {
  entityId: 'https://sts.windows.net/00000000-1111-2222-3333-444444444444/',
  xml: `\uFEFF<?xml version="1.0" encoding="utf-8"?><EntityDescriptor ID="_11111111-2222-3333-4444-555555555555" entityID="https://sts.windows.net/00000000-1111-2222-3333-444444444444/" xmlns="${MD}"><Signature xmlns="${DS}"><SignedInfo><CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#" /><SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256" /><Reference URI="#_11111111-2222-3333-4444-555555555555"><DigestValue>AAAA</DigestValue></Reference></SignedInfo><SignatureValue>AAAA</SignatureValue><KeyInfo><X509Data><X509Certificate>${der('p521')}</X509Certificate></X509Data></KeyInfo></Signature><RoleDescriptor xsi:type="fed:SecurityTokenServiceType" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:fed="http://docs.oasis-open.org/wsfed/federation/200706" protocolSupportEnumeration="http://docs.oasis-open.org/wsfed/federation/200706"><KeyDescriptor use="signing"><KeyInfo xmlns="${DS}"><X509Data><X509Certificate>${der('p384')}</X509Certificate></X509Data></KeyInfo></KeyDescriptor><fed:ClaimTypesOffered><auth:ClaimType Uri="http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name" xmlns:auth="http://docs.oasis-open.org/wsfed/authorization/200706"><auth:DisplayName>Name</auth:DisplayName></auth:ClaimType></fed:ClaimTypesOffered><fed:PassiveRequestorEndpoint><wsa:EndpointReference xmlns:wsa="http://www.w3.org/2005/08/addressing"><wsa:Address>https://login.microsoftonline.com/x/wsfed</wsa:Address></wsa:EndpointReference></fed:PassiveRequestorEndpoint></RoleDescriptor><IDPSSODescriptor protocolSupportEnumeration="${PROTOCOL}"><KeyDescriptor use="signing"><KeyInfo xmlns="${DS}"><X509Data><X509Certificate>${der('rsa2048')}</X509Certificate></X509Data></KeyInfo></KeyDescriptor><KeyDescriptor use="signing"><KeyInfo xmlns="${DS}"><X509Data><X509Certificate>${der('rsa3072')}</X509Certificate></X509Data></KeyInfo></KeyDescriptor><SingleLogoutService Binding="${binding('HTTP-Redirect')}" Location="https://login.microsoftonline.com/x/saml2" /><SingleSignOnService Binding="${binding('HTTP-Redirect')}" Location="https://login.microsoftonline.com/x/saml2" /><SingleSignOnService Binding="${binding('HTTP-POST')}" Location="https://login.microsoftonline.com/x/saml2" /></IDPSSODescriptor></EntityDescriptor>`,
  expected: {
    singleSignOn: [
      { binding: 'redirect', location: 'https://login.microsoftonline.com/x/saml2' },
      { binding: 'post', location: 'https://login.microsoftonline.com/x/saml2' },
    ],
    singleLogout: [{ binding: 'redirect', location: 'https://login.microsoftonline.com/x/saml2' }],
    signingCertificates: [der('rsa2048'), der('rsa3072')],
    wantsSignedRequests: false,
  },
}

const okta = {
  entityId: 'http://www.okta.com/exk0000000000000000',
  xml: `<?xml version="1.0" encoding="UTF-8"?><md:EntityDescriptor entityID="http://www.okta.com/exk0000000000000000" xmlns:md="${MD}"><md:IDPSSODescriptor WantAuthnRequestsSigned="false" protocolSupportEnumeration="${PROTOCOL}"><md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="${DS}"><ds:X509Data><ds:X509Certificate>${wrapped('rsa2048')}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor><md:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified</md:NameIDFormat><md:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress</md:NameIDFormat><md:SingleSignOnService Binding="${binding('HTTP-POST')}" Location="https://acme.okta.com/app/acme_app_1/exk0/sso/saml"/><md:SingleSignOnService Binding="${binding('HTTP-Redirect')}" Location="https://acme.okta.com/app/acme_app_1/exk0/sso/saml"/></md:IDPSSODescriptor></md:EntityDescriptor>`,
  expected: {
    singleSignOn: [
      { binding: 'post', location: 'https://acme.okta.com/app/acme_app_1/exk0/sso/saml' },
      { binding: 'redirect', location: 'https://acme.okta.com/app/acme_app_1/exk0/sso/saml' },
    ],
    singleLogout: [],
    signingCertificates: [der('rsa2048')],
  },
}

const auth0 = {
  entityId: 'urn:acme.eu.auth0.com',
  xml: `<EntityDescriptor entityID="urn:acme.eu.auth0.com" xmlns="${MD}">
  <IDPSSODescriptor protocolSupportEnumeration="${PROTOCOL}">
    <KeyDescriptor use="signing">
      <KeyInfo xmlns="${DS}">
        <X509Data>
          <X509Certificate>${der('rsa2048')}</X509Certificate>
        </X509Data>
      </KeyInfo>
    </KeyDescriptor>
    <SingleLogoutService Binding="${binding('HTTP-Redirect')}" Location="https://acme.eu.auth0.com/samlp/c1/logout"/>
    <SingleLogoutService Binding="${binding('HTTP-POST')}" Location="https://acme.eu.auth0.com/samlp/c1/logout"/>
    <NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress</NameIDFormat>
    <SingleSignOnService Binding="${binding('HTTP-Redirect')}" Location="https://acme.eu.auth0.com/samlp/c1"/>
    <SingleSignOnService Binding="${binding('HTTP-POST')}" Location="https://acme.eu.auth0.com/samlp/c1"/>
    <Attribute Name="http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:uri" FriendlyName="E-Mail Address" xmlns="urn:oasis:names:tc:SAML:2.0:assertion"/>
  </IDPSSODescriptor>
</EntityDescriptor>
`,
  expected: {
    singleSignOn: [{ binding: 'redirect' }, { binding: 'post' }],
    singleLogout: [{ binding: 'redirect' }, { binding: 'post' }],
    signingCertificates: [der('rsa2048')],
  },
}

const keycloakEntity = `<md:EntityDescriptor xmlns="${MD}" xmlns:md="${MD}" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" xmlns:ds="${DS}" entityID="https://kc.example/realms/acme"><md:IDPSSODescriptor WantAuthnRequestsSigned="true" protocolSupportEnumeration="${PROTOCOL}"><md:KeyDescriptor use="signing"><ds:KeyInfo><ds:KeyName>0e5c1f0d</ds:KeyName><ds:X509Data><ds:X509Certificate>${der('rsa2048')}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor><md:ArtifactResolutionService Binding="${binding('SOAP')}" Location="https://kc.example/realms/acme/protocol/saml/resolve" index="0"></md:ArtifactResolutionService><md:SingleLogoutService Binding="${binding('HTTP-POST')}" Location="https://kc.example/realms/acme/protocol/saml"></md:SingleLogoutService><md:SingleLogoutService Binding="${binding('HTTP-Redirect')}" Location="https://kc.example/realms/acme/protocol/saml"></md:SingleLogoutService><md:SingleLogoutService Binding="${binding('HTTP-Artifact')}" Location="https://kc.example/realms/acme/protocol/saml"></md:SingleLogoutService><md:NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</md:NameIDFormat><md:SingleSignOnService Binding="${binding('HTTP-POST')}" Location="https://kc.example/realms/acme/protocol/saml"></md:SingleSignOnService><md:SingleSignOnService Binding="${binding('HTTP-Redirect')}" Location="https://kc.example/realms/acme/protocol/saml"></md:SingleSignOnService><md:SingleSignOnService Binding="${binding('SOAP')}" Location="https://kc.example/realms/acme/protocol/saml"></md:SingleSignOnService></md:IDPSSODescriptor></md:EntityDescriptor>`

const keycloak = {
  entityId: 'https://kc.example/realms/acme',
  xml: keycloakEntity,
  expected: {
    singleSignOn: [{ binding: 'post' }, { binding: 'redirect' }],
    singleLogout: [{ binding: 'post' }, { binding: 'redirect' }],
    signingCertificates: [der('rsa2048')],
    wantsSignedRequests: true,
  },
}

const adfsRole = (type: string, certificate: CertificateName) =>
  `<RoleDescriptor xsi:type="fed:${type}" ServiceDisplayName="Acme" protocolSupportEnumeration="http://docs.oasis-open.org/ws-sx/ws-trust/200512 http://schemas.xmlsoap.org/ws/2005/02/trust http://docs.oasis-open.org/wsfed/federation/200706" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:fed="http://docs.oasis-open.org/wsfed/federation/200706"><KeyDescriptor use="encryption"><KeyInfo xmlns="${DS}"><X509Data><X509Certificate>${der(certificate)}</X509Certificate></X509Data></KeyInfo></KeyDescriptor><fed:TargetScopes><wsa:EndpointReference xmlns:wsa="http://www.w3.org/2005/08/addressing"><wsa:Address>http://adfs.acme.example/adfs/services/trust</wsa:Address></wsa:EndpointReference></fed:TargetScopes></RoleDescriptor>`

const adfs = {
  entityId: 'http://adfs.acme.example/adfs/services/trust',
  xml: `<EntityDescriptor ID="_aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee" entityID="http://adfs.acme.example/adfs/services/trust" xmlns="${MD}"><ds:Signature xmlns:ds="${DS}"><ds:SignedInfo/></ds:Signature>${adfsRole('ApplicationServiceType', 'p384')}${adfsRole('SecurityTokenServiceType', 'p521')}<SPSSODescriptor WantAssertionsSigned="true" protocolSupportEnumeration="${PROTOCOL}"><KeyDescriptor use="signing"><KeyInfo xmlns="${DS}"><X509Data><X509Certificate>${der('p384')}</X509Certificate></X509Data></KeyInfo></KeyDescriptor><AssertionConsumerService Binding="${binding('HTTP-POST')}" Location="https://adfs.acme.example/adfs/ls/" index="0" isDefault="true" /></SPSSODescriptor><IDPSSODescriptor protocolSupportEnumeration="${PROTOCOL}"><KeyDescriptor use="encryption"><KeyInfo xmlns="${DS}"><X509Data><X509Certificate>${der('p384')}</X509Certificate></X509Data></KeyInfo></KeyDescriptor><KeyDescriptor use="signing"><KeyInfo xmlns="${DS}"><X509Data><X509Certificate>${der('rsa2048')}</X509Certificate></X509Data></KeyInfo></KeyDescriptor><KeyDescriptor use="signing"><KeyInfo xmlns="${DS}"><X509Data><X509Certificate>${der('rsa4096')}</X509Certificate></X509Data></KeyInfo></KeyDescriptor><ArtifactResolutionService Binding="${binding('SOAP')}" Location="https://adfs.acme.example/adfs/services/trust/artifactresolution" index="0" /><SingleLogoutService Binding="${binding('HTTP-Redirect')}" Location="https://adfs.acme.example/adfs/ls/" /><SingleLogoutService Binding="${binding('HTTP-POST')}" Location="https://adfs.acme.example/adfs/ls/" /><NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress</NameIDFormat><SingleSignOnService Binding="${binding('HTTP-Redirect')}" Location="https://adfs.acme.example/adfs/ls/" /><SingleSignOnService Binding="${binding('HTTP-POST')}" Location="https://adfs.acme.example/adfs/ls/" /><Attribute Name="http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:uri" FriendlyName="UPN" xmlns="urn:oasis:names:tc:SAML:2.0:assertion" /></IDPSSODescriptor><ContactPerson contactType="support" /></EntityDescriptor>`,
  expected: {
    singleSignOn: [{ location: 'https://adfs.acme.example/adfs/ls/' }, { binding: 'post' }],
    singleLogout: [{ binding: 'redirect' }, { binding: 'post' }],
    signingCertificates: [der('rsa2048'), der('rsa4096')],
  },
}

const google = {
  entityId: 'https://accounts.google.com/o/saml2?idpid=C00000000',
  xml: `<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<md:EntityDescriptor xmlns:md="${MD}" entityID="https://accounts.google.com/o/saml2?idpid=C00000000" validUntil="2031-01-01T00:00:00.000Z">
  <md:IDPSSODescriptor WantAuthnRequestsSigned="false" protocolSupportEnumeration="${PROTOCOL}">
    <md:KeyDescriptor use="signing">
      <ds:KeyInfo xmlns:ds="${DS}">
        <ds:X509Data>
          <ds:X509Certificate>${wrapped('rsa2048')}</ds:X509Certificate>
        </ds:X509Data>
      </ds:KeyInfo>
    </md:KeyDescriptor>
    <md:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress</md:NameIDFormat>
    <md:SingleSignOnService Binding="${binding('HTTP-Redirect')}" Location="https://accounts.google.com/o/saml2/idp?idpid=C00000000"/>
    <md:SingleSignOnService Binding="${binding('HTTP-POST')}" Location="https://accounts.google.com/o/saml2/idp?idpid=C00000000"/>
  </md:IDPSSODescriptor>
</md:EntityDescriptor>`.replaceAll('\n', '\r\n'),
  expected: {
    singleSignOn: [
      { location: 'https://accounts.google.com/o/saml2/idp?idpid=C00000000' },
      { binding: 'post' },
    ],
    signingCertificates: [der('rsa2048')],
    validUntil: Date.UTC(2031, 0, 1),
  },
}

const simpleSamlPhp = {
  entityId: 'https://idp.acme.example/simplesaml/saml2/idp/metadata.php',
  xml: `<?xml version="1.0"?>
<md:EntityDescriptor xmlns:md="${MD}" xmlns:ds="${DS}" xmlns:mdui="urn:oasis:names:tc:SAML:metadata:ui" entityID="https://idp.acme.example/simplesaml/saml2/idp/metadata.php">
  <!-- generated -->
  <md:Extensions><mdui:UIInfo><mdui:DisplayName xml:lang="en">Acme</mdui:DisplayName></mdui:UIInfo></md:Extensions>
  <md:IDPSSODescriptor protocolSupportEnumeration="${PROTOCOL}" WantAuthnRequestsSigned="1">
    <md:KeyDescriptor use="signing">
      <ds:KeyInfo>
        <ds:X509Data>
          <ds:X509Certificate>${der('rsa3072')}</ds:X509Certificate>
        </ds:X509Data>
      </ds:KeyInfo>
    </md:KeyDescriptor>
    <md:KeyDescriptor use="encryption">
      <ds:KeyInfo>
        <ds:X509Data>
          <ds:X509Certificate>${der('rsa2048')}</ds:X509Certificate>
        </ds:X509Data>
      </ds:KeyInfo>
    </md:KeyDescriptor>
    <md:SingleLogoutService Binding="${binding('HTTP-Redirect')}" Location="https://idp.acme.example/simplesaml/saml2/idp/SingleLogoutService.php" ResponseLocation="https://idp.acme.example/simplesaml/saml2/idp/SingleLogoutResponse.php"/>
    <md:NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:transient</md:NameIDFormat>
    <md:SingleSignOnService Binding="${binding('HTTP-Redirect')}" Location="https://idp.acme.example/simplesaml/saml2/idp/SSOService.php"/>
  </md:IDPSSODescriptor>
  <md:AttributeAuthorityDescriptor protocolSupportEnumeration="${PROTOCOL}"><md:AttributeService Binding="${binding('SOAP')}" Location="https://idp.acme.example/attributes"/></md:AttributeAuthorityDescriptor>
  <md:Organization><md:OrganizationName xml:lang="en">Acme</md:OrganizationName></md:Organization>
  <md:ContactPerson contactType="technical"><md:EmailAddress>mailto:admin@acme.example</md:EmailAddress></md:ContactPerson>
</md:EntityDescriptor>
`,
  expected: {
    singleSignOn: [
      {
        binding: 'redirect',
        location: 'https://idp.acme.example/simplesaml/saml2/idp/SSOService.php',
        responseLocation: undefined,
      },
    ],
    singleLogout: [
      {
        binding: 'redirect',
        location: 'https://idp.acme.example/simplesaml/saml2/idp/SingleLogoutService.php',
        responseLocation: 'https://idp.acme.example/simplesaml/saml2/idp/SingleLogoutResponse.php',
      },
    ],
    signingCertificates: [der('rsa3072')],
    wantsSignedRequests: true,
  },
}

const ping = {
  entityId: 'https://auth.pingone.eu/00000000-1111-2222-3333-444444444444',
  xml: `<md:EntityDescriptor ID="x.y_z-1" cacheDuration="PT1440M" entityID="https://auth.pingone.eu/00000000-1111-2222-3333-444444444444" xmlns:md="${MD}"><md:IDPSSODescriptor protocolSupportEnumeration="${PROTOCOL}" WantAuthnRequestsSigned="true"><md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="${DS}"><ds:X509Data><ds:X509Certificate>${der('rsa2048')}</ds:X509Certificate></ds:X509Data><ds:KeyValue><ds:RSAKeyValue><ds:Modulus>AAAA</ds:Modulus><ds:Exponent>AQAB</ds:Exponent></ds:RSAKeyValue></ds:KeyValue></ds:KeyInfo></md:KeyDescriptor><md:SingleSignOnService Location="https://auth.pingone.eu/x/saml20/idp/sso" Binding="${binding('HTTP-POST')}"/></md:IDPSSODescriptor><md:ContactPerson contactType="administrative"/></md:EntityDescriptor>`,
  expected: {
    singleSignOn: [{ binding: 'post', location: 'https://auth.pingone.eu/x/saml20/idp/sso' }],
    signingCertificates: [der('rsa2048')],
    wantsSignedRequests: true,
    cacheDuration: 86_400_000,
  },
}

const jumpCloud = {
  entityId: 'JumpCloud',
  xml: `<?xml version="1.0" encoding="UTF-8"?>
<md:EntityDescriptor xmlns:md="${MD}" entityID="JumpCloud">
    <md:IDPSSODescriptor WantAuthnRequestsSigned="false" protocolSupportEnumeration="${PROTOCOL}">
        <md:KeyDescriptor use="signing">
            <ds:KeyInfo xmlns:ds="${DS}">
                <ds:X509Data>
                    <ds:X509Certificate>
${wrapped('rsa2048')}
                    </ds:X509Certificate>
                </ds:X509Data>
            </ds:KeyInfo>
        </md:KeyDescriptor>
        <md:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified</md:NameIDFormat>
        <md:SingleSignOnService Binding="${binding('HTTP-Redirect')}" Location="https://sso.jumpcloud.com/saml2/acme"/>
        <md:SingleSignOnService Binding="${binding('HTTP-POST')}" Location="https://sso.jumpcloud.com/saml2/acme"/>
    </md:IDPSSODescriptor>
</md:EntityDescriptor>`,
  expected: {
    singleSignOn: [{ binding: 'redirect' }, { binding: 'post' }],
    signingCertificates: [der('rsa2048')],
  },
}

const duo = {
  entityId: 'https://sso-00000000.sso.duosecurity.com/saml2/sp/DI00000000000000/metadata',
  xml: `<?xml version="1.0"?><ns0:EntityDescriptor xmlns:ns0="${MD}" xmlns:ns1="${DS}" entityID="https://sso-00000000.sso.duosecurity.com/saml2/sp/DI00000000000000/metadata"><ns0:IDPSSODescriptor protocolSupportEnumeration="${PROTOCOL}"><ns0:KeyDescriptor><ns1:KeyInfo><ns1:X509Data><ns1:X509Certificate>${wrapped('rsa2048')}</ns1:X509Certificate></ns1:X509Data></ns1:KeyInfo></ns0:KeyDescriptor><ns0:SingleLogoutService Binding="${binding('HTTP-Redirect')}" Location="https://sso-00000000.sso.duosecurity.com/saml2/sp/DI00000000000000/slo"/><ns0:SingleSignOnService Binding="${binding('HTTP-POST')}" Location="https://sso-00000000.sso.duosecurity.com/saml2/sp/DI00000000000000/sso"/><ns0:SingleSignOnService Binding="${binding('HTTP-Redirect')}" Location="https://sso-00000000.sso.duosecurity.com/saml2/sp/DI00000000000000/sso"/></ns0:IDPSSODescriptor></ns0:EntityDescriptor>`,
  expected: {
    singleSignOn: [{ binding: 'post' }, { binding: 'redirect' }],
    singleLogout: [{ binding: 'redirect' }],
    signingCertificates: [der('rsa2048')],
  },
}

/** By the name of the provider whose manner it is. */
export const providerMetadata: Readonly<Record<string, ProviderMetadata>> = {
  entra,
  okta,
  auth0,
  keycloak,
  'keycloak before 12': {
    ...keycloak,
    xml: `<?xml version="1.0" encoding="UTF-8"?>\n<EntitiesDescriptor Name="urn:keycloak" xmlns="${MD}" xmlns:dsig="${DS}">${keycloakEntity}</EntitiesDescriptor>`,
  },
  adfs,
  google,
  simpleSamlPhp,
  ping,
  jumpCloud,
  duo,
}
