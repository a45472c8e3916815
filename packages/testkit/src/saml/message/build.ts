import {
  type DigestMethodName,
  digestMethods,
  type SignatureMethodName,
  signatureMethods,
} from '../crypto/algorithms.ts'
import type { EncryptionStyle } from '../crypto/encrypt.ts'
import type { SamlKeyRing } from '../crypto/key-ring.ts'
import { base64, utf8 } from '../encoding.ts'
import type { ProtectionPlan, ResponseStep, SamlPersonality } from '../personalities/personality.ts'
import { type CanonicalizationName, canonicalizations } from '../xml/canonical.ts'
import { first, type XmlElement } from '../xml/tree.ts'
import { write } from '../xml/write.ts'
import { goodContent, type LoginFacts } from './content.ts'
import { encryptElement } from './encrypt.ts'
import { responseTree } from './response.ts'
import { type SignedInfoChange, signElement } from './sign.ts'

/** How a provider protects its answers; the defaults are what most providers do. */
export interface ProtectionOptions {
  /** Defaults to the assertion. */
  readonly sign?: ProtectionPlan['sign']
  /** Defaults to RSA-SHA256. The current key has to be of its type. */
  readonly signatureMethod?: SignatureMethodName
  /** Defaults to SHA-256. */
  readonly digestMethod?: DigestMethodName
  /** Defaults to exclusive, without comments. */
  readonly canonicalization?: CanonicalizationName
  /** Prefixes for InclusiveNamespaces of the exclusive forms; `''` is the default namespace. Defaults to none. */
  readonly inclusivePrefixes?: readonly string[]
  /** Whether the signing certificate is in KeyInfo; defaults to true. */
  readonly keyInfo?: boolean
  /** Defaults to nothing. */
  readonly encrypt?: ProtectionPlan['encrypt']
  /** For whom and how it is encrypted; the certificate is the service provider's. */
  readonly encryption?: EncryptionStyle
}

export interface BuildOptions extends ProtectionOptions {
  readonly keys: SamlKeyRing
  readonly relayState?: string | undefined
}

/** An answer as it is sent. */
export interface BuiltResponse {
  /** Where the browser posts it. */
  readonly acsUrl: string
  /** As text; where a personality sends other octets than its UTF-8, they are in the parameters only. */
  readonly xml: string
  /** `SAMLResponse` and, when there is one, `RelayState`. */
  readonly parameters: URLSearchParams
  /** X.509 in base64 of the keys that a service provider trusts under this personality. */
  readonly certificates: readonly string[]
}

/**
 * Makes the answer to a login, spoilt as the personality says. With fixed facts, identifiers and keys it is always the
 * same, unless something is encrypted or signed with ECDSA or RSA-PSS, which take random numbers.
 */
export async function buildResponse(
  facts: LoginFacts,
  personality: SamlPersonality,
  options: BuildOptions,
): Promise<BuiltResponse> {
  const { hooks } = personality
  const keys = options.keys
  const good = await goodPlan(options)
  const plan = (await hooks.plan?.(good, keys)) ?? good
  const user = hooks.user?.(facts.user) ?? facts.user
  const step: ResponseStep = { facts: { ...facts, user }, keys, plan, capture: captureWith(facts, good) }
  const tree = await protectedTree(step, personality)
  const text = write((await hooks.signed?.(tree, step)) ?? tree)
  const xml = hooks.text?.(text, step) ?? text
  const octets = hooks.octets?.(utf8(xml), xml) ?? utf8(xml)
  const parameters = new URLSearchParams({ SAMLResponse: base64(octets) })
  if (options.relayState !== undefined) parameters.set('RelayState', options.relayState)
  const published = await Promise.all((personality.publishes ?? ['current']).map((name) => keys.get(name)))
  return {
    acsUrl: facts.acsUrl,
    xml,
    parameters: hooks.parameters?.(parameters) ?? parameters,
    certificates: published.map(({ certificate }) => certificate),
  }
}

async function goodPlan(options: BuildOptions): Promise<ProtectionPlan> {
  const key = await options.keys.get('current')
  return {
    sign: options.sign ?? 'assertion',
    signature: {
      key,
      method: signatureMethods[options.signatureMethod ?? 'rsa-sha256'],
      digest: digestMethods[options.digestMethod ?? 'sha256'],
      canonicalization: canonicalizations[options.canonicalization ?? 'exclusive'],
      inclusivePrefixes: options.inclusivePrefixes ?? [],
      certificates: options.keyInfo === false ? [] : [key.certificate],
      lines: false,
    },
    encrypt: options.encrypt ?? 'nothing',
    encryption: options.encryption,
  }
}

function captureWith(facts: LoginFacts, plan: ProtectionPlan): ResponseStep['capture'] {
  return async (change, planChange = {}) => {
    // A caught answer is another one: it has identifiers of its own unless they are given.
    const ids = {
      response: '_captured-response',
      assertion: '_captured-assertion',
      session: '_captured-session',
    }
    const root = responseTree(goodContent({ ...facts, ids, ...change }))
    await protect(root, { ...plan, ...planChange })
    return root
  }
}

async function protectedTree(step: ResponseStep, { hooks }: SamlPersonality): Promise<XmlElement> {
  const good = goodContent(step.facts)
  const tree = responseTree(hooks.content?.(good, step) ?? good)
  const root = (await hooks.unsigned?.(tree, step)) ?? tree
  await protect(root, step.plan, {
    signedInfo: hooks.signedInfo,
    plaintext: (text) => hooks.plaintext?.(text, step) ?? text,
  })
  return root
}

interface Spoilers {
  readonly signedInfo?: SignedInfoChange | undefined
  plaintext?(good: string): string
}

/** The assertion is signed, then encrypted, then all of it is signed. saml-core sections 5.4 and 6.2. */
async function protect(root: XmlElement, plan: ProtectionPlan, spoilers: Spoilers = {}): Promise<void> {
  const { sign, signature, encrypt, encryption } = plan
  if (encrypt === 'name-id') await encryptElement(root, first(root, 'NameID'), neededStyle(encryption))
  if (sign === 'assertion' || sign === 'both') {
    await signElement(root, first(root, 'Assertion'), signature, spoilers.signedInfo)
  }
  if (encrypt === 'assertion') {
    const assertion = first(root, 'Assertion')
    await encryptElement(root, assertion, neededStyle(encryption), spoilers.plaintext)
  }
  if (sign === 'response' || sign === 'both') await signElement(root, root, signature, spoilers.signedInfo)
}

function neededStyle(style: EncryptionStyle | undefined): EncryptionStyle {
  if (style === undefined) throw new Error('to encrypt, options.encryption has to say for whom')
  return style
}
