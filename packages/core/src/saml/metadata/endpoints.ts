import { type BaseUrl, mayCall } from '../../config/base-url.ts'
import { bindings, NS } from '../urns.ts'
import { attributeOf, childrenOf, type XmlElement } from '../xml/tree.ts'

/** Where the browser goes with a message, and how. */
export interface Endpoint {
  readonly binding: 'redirect' | 'post'
  /** As the metadata writes it: what a message calls its destination is compared with that. */
  readonly location: string
  /** Where answers go, if that is another place. */
  readonly responseLocation: string | undefined
}

/** An endpoint by a binding that we have, at an address where nobody is sent. */
export interface RefusedEndpoint {
  readonly kind: 'endpoint'
  readonly service: EndpointService
  readonly binding: Endpoint['binding']
}

/** The services of an identity provider that a browser is sent to. */
type EndpointService = 'SingleSignOnService' | 'SingleLogoutService'

/** What endpoints are read with. */
export interface EndpointReading {
  readonly service: EndpointService
  readonly baseUrl: BaseUrl
  /** Is told what is passed over. */
  readonly onSkipped: ((skipped: RefusedEndpoint) => void) | undefined
}

const MAX_URL_LENGTH = 2048

/**
 * Reads the endpoints of a service ([SAML Metadata, section 2.2.2](https://docs.oasis-open.org/security/saml/v2.0/saml-metadata-2.0-os.pdf)).
 *
 * @returns of each binding that we have the first that can be used
 */
export function readEndpoints(
  role: XmlElement,
  { service, baseUrl, onSkipped }: EndpointReading,
): readonly Endpoint[] {
  const endpoints = new Map<Endpoint['binding'], Endpoint>()
  for (const element of childrenOf(role, NS.md, service)) {
    const binding = bindingOf(element)
    if (!binding || endpoints.has(binding)) continue
    const location = addressOf(element, 'Location', baseUrl)
    // Those of sign-on have no other place for answers: they come to us.
    const answersElsewhere =
      service === 'SingleLogoutService' && attributeOf(element, 'ResponseLocation') !== undefined
    const responseLocation = answersElsewhere ? addressOf(element, 'ResponseLocation', baseUrl) : undefined
    if (location === undefined || (answersElsewhere && responseLocation === undefined)) {
      onSkipped?.({ kind: 'endpoint', service, binding })
    } else endpoints.set(binding, { binding, location, responseLocation })
  }
  return [...endpoints.values()]
}

function bindingOf(element: XmlElement): Endpoint['binding'] | undefined {
  const binding = attributeOf(element, 'Binding')?.trim()
  if (binding === bindings.redirect) return 'redirect'
  return binding === bindings.post ? 'post' : undefined
}

/** An address where a browser may be sent: one that reads the same for everybody, and is no script. */
function addressOf(element: XmlElement, attribute: string, baseUrl: BaseUrl): string | undefined {
  const written = attributeOf(element, attribute)?.trim() ?? ''
  // The URL class passes over white space and missing slashes; whoever compares destinations does not.
  const isPlain = /^https?:\/\/[^\s\p{C}\\"<>^`{|}]+$/iu.test(written) && written.length <= MAX_URL_LENGTH
  const url = isPlain ? URL.parse(written) : null
  if (!url || url.hash || url.username || url.password) return undefined
  return mayCall(url, baseUrl) ? written : undefined
}
