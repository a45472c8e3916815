/*
 * A service provider for the tests of this package. It checks nothing of what a message says.
 */

export const serviceProvider = {
  entityId: 'https://sp.example/metadata/',
  acsUrl: 'https://sp.example/acs/?a=1&b=2',
}

/** The least that an identity provider answers. */
export function authnRequest(): string {
  const acsUrl = serviceProvider.acsUrl.replace('&', '&amp;')
  return (
    `<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_request-1" AssertionConsumerServiceURL="${acsUrl}">` +
    `<saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${serviceProvider.entityId}</saml:Issuer></samlp:AuthnRequest>`
  )
}

/** What a browser would post. */
export function openedForm(markup: string): {
  readonly action: string
  readonly parameters: URLSearchParams
} {
  const unescaped = (text = '') => text.replaceAll('&quot;', '"').replaceAll('&amp;', '&')
  const inputs = [...markup.matchAll(/name="([^"]*)" value="([^"]*)"/g)]
  return {
    action: unescaped(markup.match(/action="([^"]*)"/)?.[1]),
    parameters: new URLSearchParams(
      inputs.map(([, name, value]): [string, string] => [unescaped(name), unescaped(value)]),
    ),
  }
}
