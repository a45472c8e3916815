import { formatInstant } from './instant.ts'
import { element, type OutgoingElement } from './xml/writer.ts'

/** What every message of ours says. */
export interface MessageHead {
  /** An XML name that nobody can guess, such as `_` and 128 random bits; the answer names it. */
  readonly id: string
  /** Who we are: our entity ID. */
  readonly issuer: string
  /** The address that the message is sent to. */
  readonly destination: string
  /** Milliseconds since the epoch. */
  readonly issueInstant: number
}

/**
 * Builds what all requests and responses have in common
 * ([SAML Core, sections 3.2.1 and 3.2.2](https://docs.oasis-open.org/security/saml/v2.0/saml-core-2.0-os.pdf)).
 *
 * @param body the attributes and children that this kind of message has besides
 */
export function protocolMessage(
  name: OutgoingElement['name'],
  { id, issuer, destination, issueInstant }: MessageHead,
  body: {
    readonly attributes?: Readonly<Record<string, string | undefined>>
    readonly children?: readonly (OutgoingElement | undefined)[]
  },
): OutgoingElement {
  return element(
    name,
    {
      ID: id,
      Version: '2.0',
      IssueInstant: formatInstant(issueInstant),
      Destination: destination,
      ...body.attributes,
    },
    [element('saml:Issuer', {}, [issuer]), ...(body.children ?? [])],
  )
}
