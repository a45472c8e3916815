import { scan, scanAttribute, scanText } from '../saml/xml/scan.ts'
import { isSignedText } from '../saml/xml/verify-text.ts'

/*
 * A service provider for the tests of this package. It wants a signature somewhere, on anything, and then reads what it
 * finds first or last. It checks nothing of what a message says.
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

/** Whom the careless service provider lets in. */
export interface Admitted {
  /** NameIDs in the order of the document. */
  readonly nameIds: readonly string[]
}

/**
 * Looks for any signature that fits any element with the ID of its first Reference.
 *
 * @returns undefined when there is none.
 */
export async function carelesslyAdmit(
  xml: string,
  certificates: readonly string[],
): Promise<Admitted | undefined> {
  for (const signature of scan(xml, 'Signature')) {
    const text = xml.slice(signature.start, signature.end)
    const id = scanAttribute(text, 'Reference', 'URI')?.replace(/^#/, '')
    const candidates = [
      ...xml.matchAll(/<(?:[\w-]+:)?(Assertion|Response|LogoutResponse|LogoutRequest)[\s>]/g),
    ]
      .flatMap(([, name = '']) => scan(xml, name))
      .filter(({ attributes }) => !id || attributes.get('ID') === id)
    for (const { start, end } of candidates) {
      const signed = xml.slice(start, end)
      const octets = [signed.replace(text, ''), withoutSignatures(signed)]
      const verdicts = await Promise.all(octets.map((octet) => isSignedText(text, octet, certificates)))
      if (verdicts.includes(true)) {
        return {
          nameIds: scan(xml, 'NameID').map((tag) => scanText(xml.slice(tag.start, tag.end), 'NameID') ?? ''),
        }
      }
    }
  }
  return undefined
}

/** The enveloped-signature transform as some have it: it takes out more signatures than the one in question. */
function withoutSignatures(text: string): string {
  const [signature] = scan(text, 'Signature')
  if (signature === undefined) return text
  return withoutSignatures(text.slice(0, signature.start) + text.slice(signature.end))
}
