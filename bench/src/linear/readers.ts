import { SsoError } from '@doorward/core/errors'
import { readIdpMetadata, validateResponse } from '@doorward/core/saml'
// What is inside, and has no place on the package's face.
import { parseBaseUrl } from '../../../packages/core/src/config/base-url.ts'
import { readRedirectMessage } from '../../../packages/core/src/saml/incoming-bindings.ts'
import { type Canonicalization, canonicalize } from '../../../packages/core/src/saml/xml/canonical.ts'
import { MESSAGE_LIMITS } from '../../../packages/core/src/saml/xml/limits.ts'
import { parseXml } from '../../../packages/core/src/saml/xml/reader.ts'
import type { ReaderName } from './family.ts'

/** Prefixes that may be listed, twenty at most. */
const listed = Array.from({ length: 20 }, (_, index) => `p${index}`)

const forms: readonly Canonicalization[] = [
  { kind: 'exclusive', inclusivePrefixes: [] },
  { kind: 'exclusive', inclusivePrefixes: listed },
  { kind: 'inclusive', version: '1.0' },
  { kind: 'inclusive', version: '1.1' },
]

const parsed = parseBaseUrl('https://sso.example.com')
if ('problem' in parsed) throw new Error(parsed.problem)
const { baseUrl } = parsed

/** The entity that metadata is asked for: the last one of those that are in it. */
export const WANTED_ENTITY = 'https://wanted.idp.example'

const readers: Readonly<Record<ReaderName, (bytes: Uint8Array<ArrayBuffer>) => unknown>> = {
  message(bytes) {
    const document = parseXml(bytes, MESSAGE_LIMITS)
    const part = { document, element: document.root }
    return forms.map((form) => canonicalize(part, form).length)
  },
  answer: (bytes) =>
    validateResponse(bytes, {
      entityId: WANTED_ENTITY,
      keys: [{ fits: () => true, verify: async () => true }],
      audience: 'https://sso.example.com/api/auth/saml/acme/metadata/',
      acsUrl: 'https://sso.example.com/api/auth/saml/acme/acs/',
      requestId: '_request',
      wantsSignedAssertions: false,
      wantsSignedResponse: false,
      authenticatedSince: undefined,
      authnContext: undefined,
      keyPairs: [],
      now: 0,
    }),
  metadata: (bytes) => readIdpMetadata(bytes, { entityId: WANTED_ENTITY, now: 0, baseUrl }),
  query: (bytes) => readRedirectMessage(new TextDecoder().decode(bytes)),
}

/** Feeds an input. @returns `read`, or the code of the refusal. @throws what is no refusal */
export async function outcomeOf(reader: ReaderName, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  try {
    await readers[reader](bytes)
    return 'read'
  } catch (error) {
    if (error instanceof SsoError) return error.code
    throw error
  }
}
