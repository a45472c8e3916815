import type { EncryptionStyle } from '../crypto/encrypt.ts'
import type { KeyName, SamlKeyRing } from '../crypto/key-ring.ts'
import type { Bytes } from '../encoding.ts'
import type { LoginFacts, ResponseContent, SamlUser } from '../message/content.ts'
import type { SignatureStyle, SigningStep } from '../message/sign.ts'
import type { XmlElement } from '../xml/tree.ts'

/** A value now or later. */
export type Awaitable<Value> = Value | Promise<Value>

/** What is signed, and how; what is encrypted, and how. */
export interface ProtectionPlan {
  readonly sign: 'assertion' | 'response' | 'both' | 'neither'
  readonly signature: SignatureStyle
  readonly encrypt: 'nothing' | 'assertion' | 'name-id'
  /** Where something is encrypted; otherwise it does not matter. */
  readonly encryption: EncryptionStyle | undefined
}

/** What every step of one answer knows. */
export interface ResponseStep {
  readonly facts: LoginFacts
  readonly keys: SamlKeyRing
  /** How this answer is protected. */
  readonly plan: ProtectionPlan
  /**
   * Another good answer by the same provider, as an attacker may have caught it: for an earlier request, for another
   * service provider, about another user.
   */
  capture(change: Partial<LoginFacts>, plan?: Partial<ProtectionPlan>): Promise<XmlElement>
}

/**
 * The steps of an answer at which a personality can act, in their order. What comes before the signature is signed by
 * the provider's own key. What comes after is what an attacker can do, who has no key and one good answer; an encrypted
 * answer is spoilt before and after encryption. Trees may be changed in place, and the tree that is returned counts.
 */
export interface SamlHooks {
  /** Who logs in. */
  user?(good: SamlUser): SamlUser
  /** What the message says. */
  content?(good: ResponseContent, step: Omit<ResponseStep, 'plan'>): ResponseContent
  /** Which parts are signed and encrypted, and how. */
  plan?(good: ProtectionPlan, keys: SamlKeyRing): Awaitable<ProtectionPlan>
  /** The tree before it is signed. */
  unsigned?(good: XmlElement, step: ResponseStep): Awaitable<XmlElement>
  /** SignedInfo before it is signed. */
  signedInfo?(good: XmlElement, step: SigningStep): Awaitable<void>
  /** What is encrypted, as text. */
  plaintext?(good: string, step: ResponseStep): string
  /** The finished tree. */
  signed?(good: XmlElement, step: ResponseStep): Awaitable<XmlElement>
  /** The finished text. */
  text?(good: string, step: ResponseStep): string
  /** The octets that are sent in base64. */
  octets?(good: Bytes, text: string): Bytes
  /** The form that the browser posts. */
  parameters?(good: URLSearchParams): URLSearchParams
}

/** One way for an identity provider to be: a single named change from good. */
export interface SamlPersonality {
  readonly name: string
  /** What is wrong, in one line. */
  readonly wrong: string
  /** Where it is written that a service provider must notice, or must cope. */
  readonly specification: string
  /**
   * What a correct service provider makes of a login: it must end in an error, must succeed, or may do either. After
   * `may-succeed` read `wrong`: the value named there must not be believed.
   */
  readonly login: 'must-fail' | 'may-succeed' | 'must-succeed'
  /** The personality encrypts: the provider has to know a certificate of the service provider. */
  readonly needs?: 'encryption'
  /** Keys whose certificates the provider publishes; defaults to the current one. */
  readonly publishes?: readonly KeyName[]
  readonly hooks: SamlHooks
}

/** A row of the table; the key is the name. */
export type SamlPersonalityEntry = Omit<SamlPersonality, 'name'>
