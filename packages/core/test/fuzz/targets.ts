import { SsoError } from '../../src/errors/index.ts'
import type { VerifiedIdentity } from '../../src/login/identity.ts'
import { signatureMethods } from '../../src/saml/algorithms.ts'
import { readIdentity } from '../../src/saml/identity.ts'
import { querySignatureOf, readPostMessage, readRedirectMessage } from '../../src/saml/incoming-bindings.ts'
import { readIdpMetadata } from '../../src/saml/metadata/idp.ts'
import { type ValidatedResponse, validateResponse } from '../../src/saml/response.ts'
import { verifySignature } from '../../src/saml/signature.ts'
import type { KeyPair } from '../../src/saml/sp-keys.ts'
import { NS } from '../../src/saml/urns.ts'
import { type Canonicalization, canonicalize } from '../../src/saml/xml/canonical.ts'
import { MESSAGE_LIMITS, METADATA_LIMITS } from '../../src/saml/xml/limits.ts'
import { parseXml } from '../../src/saml/xml/reader.ts'
import { childrenOf, type XmlDocument } from '../../src/saml/xml/tree.ts'
import { baseUrl, samlConnectionWith } from '../configured.ts'
import { providerMetadata } from '../idp-metadata.ts'
import { readAt } from '../read-metadata.ts'
import { bytesOf, type Seed, type TargetName, textOf } from './input.ts'
import { expectedWith, keysOf, names } from './setting.ts'

/** What became of an input. */
export type Outcome =
  /** @property means what a genuine one must have said to the letter; undefined where nothing is claimed to be genuine */
  | { readonly isAccepted: true; readonly means: string | undefined }
  | { readonly isAccepted: false; readonly reason: string }

/** Feeds an input to a reader. @throws what the reader throws that is no refusal, or says what is wrong with what it read */
export type Target = (input: Seed) => Promise<Outcome>

/** Something that holds for all that is read, and does not. */
class Broken extends Error {
  override readonly name = 'Broken'
}

/** What is tested. */
export interface Subject {
  readonly validateResponse: typeof validateResponse
}

const forms: readonly Canonicalization[] = [
  { kind: 'exclusive', inclusivePrefixes: [] },
  { kind: 'exclusive', inclusivePrefixes: ['', 'saml', 'xs'] },
  { kind: 'inclusive', version: '1.0' },
  { kind: 'inclusive', version: '1.1' },
]

const connection = samlConnectionWith({ entityId: names.idp })

const entityIds = Object.values(providerMetadata).map(({ entityId }) => entityId)

/** A target for each reader that meets what anybody may have written. */
export function createTargets(
  keyPair: KeyPair,
  subject: Subject = { validateResponse },
): Readonly<Record<TargetName, Target>> {
  const reading: Readonly<Record<TargetName, (input: Seed) => Promise<string | undefined>>> = {
    async response({ bytes, certificates }) {
      const validated = await subject.validateResponse(bytes, expectedWith(certificates, [keyPair]))
      return meaningOf(validated, readIdentity(connection, validated))
    },
    async xml({ bytes }) {
      const document = parseXml(bytes, METADATA_LIMITS)
      for (const form of forms) {
        const once = canonicalize({ document, element: document.root }, form)
        const again = readAgain(once)
        if (again && canonicalize({ document: again, element: again.root }, form) !== once) {
          throw new Broken('the canonical form is not its own canonical form')
        }
      }
      return undefined
    },
    async metadata({ bytes }) {
      readMetadata(bytes)
      return undefined
    },
    async redirect(input) {
      const { parameter, unverifiedXml, relayState } = await readRedirectMessage(textOf(input))
      const signed = querySignatureOf(textOf(input))
      if (!signed) return undefined
      const method = signatureMethods.get(signed.algorithm)
      if (!method) return undefined
      for (const key of keysOf(input.certificates)) {
        if (!key.fits(method)) continue
        if (!(await key.verify(method, signed.signature, new Uint8Array(bytesOf(signed.unverifiedOctets)))))
          continue
        return JSON.stringify({ parameter, xml: textOf({ bytes: unverifiedXml }), relayState })
      }
      return undefined
    },
    async post(input) {
      const { parameter, unverifiedXml } = readPostMessage(new URLSearchParams(textOf(input)))
      const document = parseXml(unverifiedXml, MESSAGE_LIMITS)
      const { element } = await verifySignature(
        { document, element: document.root },
        keysOf(input.certificates),
      )
      const [omitted] = childrenOf(element, NS.ds, 'Signature')
      return (
        parameter + canonicalize({ document, element, omitted }, { kind: 'exclusive', inclusivePrefixes: [] })
      )
    },
  }
  const target = (name: TargetName): Target => {
    return async (input) => {
      try {
        return { isAccepted: true, means: await reading[name](input) }
      } catch (error) {
        if (!(error instanceof SsoError)) throw error
        return { isAccepted: false, reason: reasonOf(error) }
      }
    }
  }
  return {
    response: target('response'),
    xml: target('xml'),
    metadata: target('metadata'),
    redirect: target('redirect'),
    post: target('post'),
  }
}

/** @returns undefined where it grew beyond a limit: declarations stand where they are used, perhaps more than once */
function readAgain(canonical: string): XmlDocument | undefined {
  try {
    return parseXml(bytesOf(canonical), METADATA_LIMITS)
  } catch (error) {
    const reason = error instanceof SsoError ? String(error.details['reason']) : ''
    if (/too (many|large)/.test(reason)) return undefined
    throw new Broken(`the canonical form can not be read: ${reason}`)
  }
}

/** All that a login is made of. */
function meaningOf({ assertion, sessionEndsAt }: ValidatedResponse, identity: VerifiedIdentity): string {
  const isEncrypted = assertion.encryptedId !== undefined
  return JSON.stringify({ ...assertion, encryptedId: isEncrypted, sessionEndsAt, identity })
}

function readMetadata(bytes: Uint8Array): void {
  let refusal: unknown
  // Which entity is meant decides how far it is read.
  for (const entityId of entityIds) {
    try {
      const metadata = readIdpMetadata(bytes, { entityId, now: readAt, baseUrl })
      const { singleSignOn, singleLogout, signingCertificates } = metadata
      if (metadata.entityId !== entityId || signingCertificates.length === 0) {
        throw new Broken('metadata of somebody else, or without a key')
      }
      for (const { location } of [...singleSignOn, ...singleLogout]) {
        if (!location.startsWith('https://')) throw new Broken('an address that is not https')
      }
      return
    } catch (error) {
      if (!(error instanceof SsoError)) throw error
      refusal = error
    }
  }
  throw refusal
}

function reasonOf({ code, message, details }: SsoError): string {
  if (message.length > 200 || /[<>]/.test(message)) throw new Broken('a message holds something of the input')
  return [code, message, details['reason'], details['fault']].filter((part) => part !== undefined).join(': ')
}
