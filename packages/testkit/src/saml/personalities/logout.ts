import type { SamlKeyRing } from '../crypto/key-ring.ts'
import type { SamlKey } from '../crypto/keys.ts'
import type { LogoutRequestContent, LogoutResponseContent } from '../message/logout.ts'
import type { XmlElement } from '../xml/tree.ts'
import type { Awaitable } from './personality.ts'

/** The steps of a logout message at which a personality can act, in their order. */
export interface LogoutHooks {
  request?(good: LogoutRequestContent): LogoutRequestContent
  response?(good: LogoutResponseContent): LogoutResponseContent
  /** Who signs, or nobody. */
  signer?(good: SamlKey, keys: SamlKeyRing): Awaitable<SamlKey | undefined>
  /** The finished tree; with the POST binding, it is signed. */
  tree?(good: XmlElement): XmlElement
  text?(good: string): string
  /** The finished address, with the redirect binding. */
  url?(good: URL): URL
}

/** One way for a logout message to be: a single named change from good. */
export interface LogoutPersonality {
  readonly name: string
  /** What is wrong, in one line. */
  readonly wrong: string
  readonly specification: string
  /** What a correct service provider makes of it. */
  readonly logout: 'must-be-obeyed' | 'may-be-obeyed' | 'must-be-refused'
  readonly hooks: LogoutHooks
}

type LogoutPersonalityEntry = Omit<LogoutPersonality, 'name'>

const entries = {
  good: {
    wrong: 'nothing',
    specification: 'saml-profiles section 4.4',
    logout: 'must-be-obeyed',
    hooks: {},
  },
} as const satisfies Record<string, LogoutPersonalityEntry>

/** Every name in the table. */
export type LogoutPersonalityName = keyof typeof entries

/** Every way for a logout message to be, by name. */
export const logoutPersonalities: Readonly<Record<LogoutPersonalityName, LogoutPersonality>> =
  Object.fromEntries(
    Object.entries<LogoutPersonalityEntry>(entries).map(([name, entry]) => [name, { name, ...entry }]),
  ) as Record<LogoutPersonalityName, LogoutPersonality>
