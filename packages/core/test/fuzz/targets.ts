import type { SamlConnection } from '../../src/config/connection.ts'
import { SsoError } from '../../src/errors/index.ts'
import type { VerifiedIdentity } from '../../src/login/identity.ts'
import type { ArrivedLogout, LogoutAnswer, ProviderLogout } from '../../src/login/provider-logout.ts'
import { readIdentity } from '../../src/saml/identity.ts'
import { readRedirectMessage } from '../../src/saml/incoming-bindings.ts'
import { knownAs } from '../../src/saml/known-as.ts'
import { createSamlLogout } from '../../src/saml/logout.ts'
import { type IdpMetadata, readIdpMetadata } from '../../src/saml/metadata/idp.ts'
import type { MetadataSource } from '../../src/saml/metadata/source.ts'
import { type ValidatedResponse, validateResponse } from '../../src/saml/response.ts'
import type { KeyPair } from '../../src/saml/sp-keys.ts'
import { type Canonicalization, canonicalize } from '../../src/saml/xml/canonical.ts'
import { MESSAGE_LIMITS, METADATA_LIMITS } from '../../src/saml/xml/limits.ts'
import { parseXml } from '../../src/saml/xml/reader.ts'
import type { XmlDocument } from '../../src/saml/xml/tree.ts'
import { baseUrl, samlConnectionWith } from '../configured.ts'
import { providerMetadata } from '../idp-metadata.ts'
import { readAt } from '../read-metadata.ts'
import { bytesOf, type Seed, type TargetName, textOf } from './input.ts'
import { expectedWith, names, now } from './setting.ts'

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
      const { entityId } = connection
      const known = knownAs(validated.assertion.nameId, { entityId, us: names.audience })
      return meaningOf(validated, readIdentity(connection, validated, known))
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
      const query = textOf(input)
      await withoutRefusal(async () =>
        parseXml((await readRedirectMessage(query)).unverifiedXml, MESSAGE_LIMITS),
      )
      return meaningOfLogout(await readLogout(input.certificates, { binding: 'redirect', query }))
    },
    async post(input) {
      const form = new URLSearchParams(textOf(input))
      return meaningOfLogout(await readLogout(input.certificates, { binding: 'post', form }))
    },
  }
  function readLogout(
    certificates: readonly string[],
    unverified: ArrivedLogout<SamlConnection>['unverified'],
  ) {
    const source: MetadataSource = {
      of: async () => metadataWith(certificates),
      refreshed: async () => undefined,
    }
    const { read } = createSamlLogout({ clock: () => now, keys: { pairs: [keyPair] } }, source)
    return read({ connection, baseUrl, unverified, now })
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

function meaningOfLogout(logout: ProviderLogout | LogoutAnswer): string {
  return JSON.stringify(logout)
}

/** What is read only once a signature is found good, and so is hardly ever reached. */
async function withoutRefusal(read: () => Promise<unknown>): Promise<void> {
  try {
    await read()
  } catch (error) {
    if (!(error instanceof SsoError)) throw error
  }
}

const metadataByCertificates = new Map<string, IdpMetadata>()

/** The same object each time: keys are made once for each. */
function metadataWith(signingCertificates: readonly string[]): IdpMetadata {
  const id = signingCertificates.join()
  const metadata = metadataByCertificates.get(id) ?? {
    entityId: names.idp,
    singleSignOn: [],
    singleLogout: [],
    signingCertificates,
    wantsSignedRequests: false,
    validUntil: undefined,
    cacheDuration: undefined,
  }
  metadataByCertificates.set(id, metadata)
  return metadata
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
        // In whatever letters the scheme is written.
        if (new URL(location).protocol !== 'https:') throw new Broken('an address that is not https')
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
