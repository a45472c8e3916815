import { appended } from '../../edits.ts'
import { type PlannedCase, refused } from '../../planned-case.ts'
import { xml } from '../refusals.ts'

function identified(name: string, change: string, content: string): PlannedCase {
  return refused(name, change, {
    specification: 'saml-core section 1.3.4: an ID is unique',
    hooks: appended(content),
    refusal: xml('an ID is given twice'),
  })
}

/** One ID twice. */
export const ids: readonly PlannedCase[] = [
  identified(
    'duplicate-id-with-small-i',
    'another element has the ID of the Assertion in its attribute iD',
    '<x iD="_assertion-1"/>',
  ),
  identified(
    'duplicate-wsu-id',
    'another element has the ID of the Assertion in its attribute wsu:Id',
    '<x xmlns:wsu="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd" wsu:Id="_assertion-1"/>',
  ),
  identified(
    'duplicate-id-elsewhere',
    'two elements that are nobody have the same ID',
    '<x ID="_x"/><y Id="_x"/>',
  ),
  identified(
    'duplicate-id-in-one-element',
    'an element has the same ID in two spellings',
    '<x ID="_x" id="_x"/>',
  ),
  identified(
    'duplicate-id-in-equal-elements',
    'two elements that are written alike have an ID',
    '<x ID="_x"/><x ID="_x"/>',
  ),
  identified(
    'duplicate-id-by-reference',
    'another element has the ID of the Assertion, with a letter written as a number',
    '<x ID="&#x5f;assertion-1"/>',
  ),
]
