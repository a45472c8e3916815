import type { LogoutMessage, LogoutPersonality } from '@doorward/testkit/saml'
import { SsoError } from '../src/errors/index.ts'
import { createLogoutScenario, read, startLogout, us } from './logout-scenario.ts'
import type { SamlScenario } from './saml-scenario.ts'

/** What happens to a message on its way. */
export type Spoil = (message: LogoutMessage) => LogoutMessage

/** Where messages of these tests arrive. */
export const scenario: SamlScenario = await createLogoutScenario()

/** @returns the code, the message and the reason of the refusal, or `accepted` */
export async function refusalIn(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt
  } catch (error) {
    if (!(error instanceof SsoError)) throw error
    return `${error.code}: ${error.message} ${error.details['reason'] ?? ''}`
  }
  return 'accepted'
}

/** What becomes of a message with one change: by the sender, or on its way. */
export async function refusalOf(
  binding: 'redirect' | 'post',
  hooks: LogoutPersonality['hooks'],
  spoil: Spoil = (message) => message,
): Promise<string> {
  const good = await startLogout(scenario, { binding, hooks, relayState: 'state', sessionIndexes: ['_1'] })
  return refusalIn(read(scenario, spoil(good)))
}

/** Changes the query as it is on the wire. */
export function inQuery(change: (query: string) => string): Spoil {
  return (message) => {
    const url = new URL(message.url)
    url.search = change(url.search.slice(1))
    return { ...message, url }
  }
}

/** Changes the XML in the form, after it was signed. */
export function inForm(change: (xml: string) => string): Spoil {
  return (message) => {
    const parameters = new URLSearchParams(message.parameters)
    parameters.set('SAMLRequest', toBase64(change(message.xml)))
    return { ...message, parameters }
  }
}

/** A text as a form carries it. */
export function toBase64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)))
}

/** A request that nobody signed, to go around or beside one that was. */
export function forged(content: string): string {
  const { clock, idp } = scenario
  const issueInstant = new Date(clock.now()).toISOString()
  return `<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_forged" Version="2.0" IssueInstant="${issueInstant}" Destination="${us.singleLogoutUrl}"><saml:Issuer>${idp.entityId}</saml:Issuer>${content}<saml:NameID>somebody-else</saml:NameID></samlp:LogoutRequest>`
}

export const assertion =
  '<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_a" Version="2.0"/>'

/** Puts something into the Extensions of a message. */
export function extensions(content: string): (xml: string) => string {
  return (xml) =>
    xml.replace('</saml:Issuer>', `</saml:Issuer><samlp:Extensions>${content}</samlp:Extensions>`)
}
