import { first, insertBefore } from '@doorward/testkit/saml'
import { unsigned, withAttributes } from '../../edits.ts'
import { now } from '../../make.ts'
import { accepted, type PlannedCase, type Refusal, refused } from '../../planned-case.ts'
import { changed, core, HOUR, instant, MINUTE, notATime, SKEW } from './common.ts'

const expired: Refusal = ['saml_expired', 'the assertion has expired']

const notYet: Refusal = ['saml_not_yet_valid', 'the assertion is not valid yet']

/** A case of which nothing is special but when it arrives. */
function arriving(name: string, sentence: string, at: number, refusal?: Refusal): PlannedCase {
  const specification = `${core} 1.3.3: times, and how far clocks may differ`
  const expected = { now: at }
  return refusal
    ? refused(name, sentence, { specification, expected, refusal })
    : accepted(name, sentence, { specification, expected })
}

/** What the time says that a case gives. */
function timed(name: string, change: string, time: string): PlannedCase {
  return changed(
    name,
    change,
    withAttributes('Conditions', { NotOnOrAfter: time }),
    notATime,
    `${core} 1.3.3`,
  )
}

/** What ends, and where that is said. */
const ends: readonly (readonly [part: string, name: string, attribute: string])[] = [
  ['conditions', 'Conditions', 'NotOnOrAfter'],
  ['confirmation', 'SubjectConfirmationData', 'NotOnOrAfter'],
  ['session', 'AuthnStatement', 'SessionNotOnOrAfter'],
]

/** What has happened, and where that is said. */
const instants: readonly (readonly [part: string, name: string, attribute: string])[] = [
  ['making-of-the-assertion', 'Assertion', 'IssueInstant'],
  ['sign-in', 'AuthnStatement', 'AuthnInstant'],
]

/** When something is said to be valid. */
export const times: readonly PlannedCase[] = [
  ...ends.flatMap(([part, name, attribute]) => [
    accepted(`${part}-just-in-time`, `The ${part} ended sixty seconds ago but for a millisecond`, {
      specification: `${core} 1.3.3: clocks may differ`,
      hooks: withAttributes(name, { [attribute]: instant(now - SKEW + 1) }),
      identity: part === 'session' ? { sessionEndsAt: now - SKEW + 1 } : {},
    }),
    changed(
      `${part}-just-over`,
      `the ${part} ended sixty seconds ago`,
      withAttributes(name, { [attribute]: instant(now - SKEW) }),
      expired,
      `${core} 1.3.3`,
    ),
  ]),
  ...ends.slice(0, 2).flatMap(([part, name]) => [
    accepted(`${part}-just-begun`, `The ${part} begins in sixty seconds`, {
      specification: `${core} 1.3.3: clocks may differ`,
      hooks: withAttributes(name, { NotBefore: instant(now + SKEW) }),
    }),
    changed(
      `${part}-not-begun`,
      `the ${part} begins in sixty seconds and a millisecond`,
      withAttributes(name, { NotBefore: instant(now + SKEW + 1) }),
      notYet,
      `${core} 1.3.3`,
    ),
  ]),
  ...instants.flatMap(([part, name, attribute]) => [
    accepted(`${part}-just-now`, `The ${part} is sixty seconds ahead`, {
      specification: `${core} 1.3.3: clocks may differ`,
      hooks: withAttributes(name, { [attribute]: instant(now + SKEW) }),
    }),
    changed(
      `${part}-in-the-future`,
      `the ${part} is sixty seconds and a millisecond ahead`,
      withAttributes(name, { [attribute]: instant(now + SKEW + 1) }),
      notYet,
      `${core} 1.3.3`,
    ),
  ]),
  changed(
    'confirmation-not-before-unparsable',
    'from when on the confirmation is valid is no date',
    withAttributes('SubjectConfirmationData', { NotBefore: 'x' }),
    notATime,
  ),
  arriving('late-answer', 'The answer arrives after six minutes but for a millisecond', now + 6 * MINUTE - 1),
  arriving('too-late-answer', 'the answer arrives after six minutes', now + 6 * MINUTE, expired),
  arriving(
    'answer-from-the-future',
    'the answer arrives three minutes before it was made',
    now - 3 * MINUTE,
    notYet,
  ),
  timed('date-in-february', 'the assertion is valid until the 30th of February', '2099-02-30T00:00:00Z'),
  timed('date-at-24-hours', 'the assertion is valid until 24 hours', '2099-01-01T24:00:00Z'),
  timed('date-at-60-seconds', 'the assertion is valid until a leap second', '2098-12-31T23:59:60Z'),
  timed('date-with-small-z', 'the time zone is written as a small z', '2099-01-01T00:00:00z'),
  timed('date-with-blank', 'there is a blank in front of the date', ' 2099-01-01T00:00:00Z'),
  timed('date-with-line-end', 'there is a blank behind the date', '2099-01-01T00:00:00Z '),
  timed('date-with-year-of-five-digits', 'the year has five digits', '12099-01-01T00:00:00Z'),
  timed('date-with-comma', 'the fraction of a second stands behind a comma', '2099-01-01T00:00:00,5Z'),
  timed('date-with-empty-fraction', 'there is a point and no fraction behind it', '2099-01-01T00:00:00.Z'),
  timed(
    'date-with-long-fraction',
    'the fraction of a second has thirteen digits',
    '2099-01-01T00:00:00.1234567890123Z',
  ),
  timed('date-of-year-infinity', 'the assertion is valid until "Infinity"', 'Infinity'),
  accepted('offset-of-nothing', 'The time zone is written as an offset of nothing', {
    specification: 'XML Schema part 2 section 3.2.7.3',
    hooks: withAttributes('AuthnStatement', { SessionNotOnOrAfter: '2026-01-01T20:00:00+00:00' }),
  }),
  accepted(
    'session-of-two-statements',
    'Two statements say until when the session lasts, and the earlier one counts',
    {
      specification: `${core} 2.7.2`,
      hooks: unsigned((root) => {
        const statement = first(root, 'AuthnStatement')
        insertBefore(root, statement, {
          ...statement,
          attributes: { ...statement.attributes, SessionNotOnOrAfter: instant(now + HOUR) },
        })
      }),
      identity: { sessionEndsAt: now + HOUR },
    },
  ),
  refused('session-of-two-statements-over', 'of two statements one says that the session is over', {
    base: 'session-of-two-statements',
    specification: `${core} 2.7.2`,
    hooks: unsigned((root) => {
      const statement = first(root, 'AuthnStatement')
      insertBefore(root, statement, {
        ...statement,
        attributes: { ...statement.attributes, SessionNotOnOrAfter: instant(now - HOUR) },
      })
    }),
    refusal: expired,
  }),
]
