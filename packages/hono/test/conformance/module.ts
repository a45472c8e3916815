import type { ErrorCode } from '@doorward/core'
import type { LogoutPersonalityName, PersonalityReference, SigningAlgorithm } from '@doorward/testkit'
import type { expect } from 'vitest'
import type { PublicErrorCode, SessionAnswer } from '../../src/contract.ts'
import type { Browser } from '../browser.ts'

/** What is asked for, and how the answer comes: all that Doorward knows. */
export type Flow = 'code' | 'code-posted' | 'id-token-posted'

/** By whom the provider of a test was written: by us, and then it can be wrong on purpose, or by others. */
export type Author = 'testkit' | 'oidc-provider'

/**
 * What a module of the OpenID Foundation's conformance suite is about, and what Doorward does then. Without `refused` and `test`
 * somebody logs in, and is signed in as who the provider says.
 */
export interface Module {
  /** In one sentence, for docs/conformance.md. */
  readonly outcome: string
  /** How testkit's provider is not as usual. Where it is as usual, npm's `oidc-provider` is asked too. */
  readonly provider?: Behaviour
  /** Why npm's `oidc-provider` is not asked all the same, in a few words. */
  readonly notElsewhere?: string
  /** What the provider says about the person beside the usual. */
  readonly claims?: (issuer: string) => Claims
  /** Where other flows than those of the plans are tried. */
  readonly flows?: readonly Flow[]
  /** Keys of the connection, in the words of auth_config.yml. */
  readonly connection?: Readonly<Record<string, unknown>>
  /** How the login ends. */
  readonly refused?: Refusal
  /** What happens, where it is not one login. */
  readonly test?: (run: Run) => Promise<void>
  /** How often the provider was asked for what, in the end. */
  readonly asked?: Readonly<Partial<Record<Endpoint, number>>>
}

/** Members of a JSON object. */
export type Claims = Readonly<Record<string, unknown>>

/** In what testkit's provider differs from a good one with RS256. */
export interface Behaviour {
  readonly personality?: PersonalityReference
  readonly algorithm?: SigningAlgorithm
}

/** A refusal, as people and as administrators see it. */
export interface Refusal {
  readonly as: PublicErrorCode
  readonly because: ErrorCode
}

/** What a provider can be asked for, the same words for both. */
type Endpoint = 'discovery' | 'jwks' | 'authorization' | 'token' | 'userinfo' | 'end_session' | 'unknown'

/** A request that the provider has seen. */
export interface Seen {
  readonly endpoint: string
  /** Of the query or of the form. */
  readonly parameters: Readonly<Record<string, string>>
  /** The first word of `Authorization`, or empty. */
  readonly authorizationScheme: string
}

/** The provider of one run, which no other has. */
export interface Provider {
  readonly issuer: string
  /** What it was asked, oldest first. */
  seen(endpoint: Endpoint): Promise<readonly Seen[]>
  /** Gives it a new key in place of the old one. */
  rotateKeys(): Promise<void>
  /** The logout token that it sends, about the session of everybody who logged in. */
  logoutToken(personality?: LogoutPersonalityName): Promise<string>
  /** What its page shows in a frame when it signs that session out. */
  frontChannelUrl(): Promise<string>
}

/** What comes back from the provider by way of the browser. */
export interface Arrival {
  readonly url: string
  /** Of the form that the browser posts; absent where it follows a redirect. */
  readonly fields?: Readonly<Record<string, string>>
}

/** Somebody at a browser. */
export interface Person {
  readonly browser: Browser
  /** The same person at another browser, in the same session of the provider. */
  elsewhere(): Person
  /** Goes to the provider and through what it wants. @param start where; the login of the connection where nothing is said */
  visit(start?: string): Promise<Arrival>
  /** Brings back what the provider sent. */
  bring(arrival: Arrival): Promise<Response>
  /** Begins a login and brings the answer back. */
  logIn(): Promise<Response>
  /** Logs in, and is signed in then as who the provider says. */
  signIn(): Promise<void>
  /** Who is signed in. */
  session(): Promise<SessionAnswer | undefined>
  /** Signs out here, and goes on to the provider. @returns how the provider sends the browser back */
  signOut(): Promise<Arrival>
}

/** One run of a module: a Doorward and a provider of its own. */
export interface Run {
  /** Of vitest: the files of modules are read where there are no tests, too. */
  readonly expect: typeof expect
  readonly provider: Provider
  /** Somebody who has not logged in. */
  person(): Person
  /** An address of Doorward for this connection. */
  url(path: string): string
  /** Brings a logout token as the provider does: no browser, no cookie. */
  bringLogoutToken(token: string): Promise<Response>
  /** Fails unless this is who the provider says, signed in by this answer. */
  expectSignedIn(person: Person, answer: Response): Promise<void>
  /** Fails unless this answer refuses, for this reason, and nobody is signed in. */
  expectRefused(person: Person, answer: Response, refusal: Refusal): Promise<void>
  /** Why the request with this answer was refused, in the event log. */
  reasonOf(answer: Response): ErrorCode | undefined
}
