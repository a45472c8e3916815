import type { SamlHooks } from '@doorward/testkit/saml'
import { type PlannedCase, type Refusal, refused } from '../../planned-case.ts'
import { refusedSignature } from '../refusals.ts'

/** Where signatures are written down. */
const dsig = 'XML Signature 1.1 section'

/** Where it is written which of them SAML has. */
export const profile = 'saml-core section 5.4'

/** Of a signature that has other parts than it should. */
const misplaced = refusedSignature(
  'a part of the signature is missing, stands in another place or is there twice',
)

/** Of a signature of something else. */
export const wrongElement = refusedSignature('the signature is not of the element that it stands in')

/** Of a signature that does not hold. */
export const notByKey: Refusal = [
  'saml_signature_invalid',
  'the signature is not one of the configured keys over this element',
]

/** A case in which a signature is written in another way. */
export function reshaped(
  name: string,
  change: string,
  hooks: SamlHooks,
  refusal: Refusal = misplaced,
): PlannedCase {
  return refused(name, change, { specification: `${dsig} 4`, hooks, refusal })
}
