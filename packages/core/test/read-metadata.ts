import { encodeUtf8 } from '../src/encoding/bytes.ts'
import { SsoError } from '../src/errors/index.ts'
import {
  type IdpMetadata,
  type MetadataReading,
  readIdpMetadata,
  type SkippedPart,
} from '../src/saml/metadata/idp.ts'
import { baseUrl } from './configured.ts'
import { ENTITY_ID } from './idp-metadata.ts'

/** When metadata is read in tests. */
export const readAt: number = Date.UTC(2026, 10, 22)

/** Reads metadata of the identity provider that most tests are about. */
export function read(xml: string, changes: Partial<MetadataReading> = {}): IdpMetadata {
  return readIdpMetadata(encodeUtf8(xml), { entityId: ENTITY_ID, now: readAt, baseUrl, ...changes })
}

/** The same, and what was passed over. */
export function readWithSkipped(xml: string): { metadata: IdpMetadata; skipped: readonly SkippedPart[] } {
  const skipped: SkippedPart[] = []
  return { metadata: read(xml, { onSkipped: (part) => void skipped.push(part) }), skipped }
}

/** What the log says about metadata that is refused: its code and details. `fault: 'nothing'` when it is not refused. */
export function detailsOf(
  xml: string,
  changes: Partial<MetadataReading> = {},
): Readonly<Record<string, unknown>> {
  try {
    read(xml, changes)
  } catch (error) {
    if (!(error instanceof SsoError)) throw error
    return { code: error.code, ...error.details }
  }
  return { fault: 'nothing' }
}

/** What is wrong with it: the fault, or the code where there is none. */
export function faultOf(xml: string, changes: Partial<MetadataReading> = {}): unknown {
  const { fault, code } = detailsOf(xml, changes)
  return fault ?? code
}
