import { instant } from '../encoding.ts'
import { authenticated, conditioned, confirmed, confirmedBy, saying } from './content-edits.ts'
import type { SamlPersonalityEntry } from './personality.ts'

const bearer = 'saml-profiles section 4.1.4.3: a bearer confirmation has NotOnOrAfter'
const validity = 'saml-core section 2.5.1.2'
const tenMinutes = 600_000
const day = 86_400_000

/** Dates that Date.parse, or a comparison with NaN, lets through. */
const notDates = {
  unparsable: 'tomorrow',
  empty: '',
  'without-timezone': '2099-01-01T00:00:00',
  'with-offset': '2099-01-01T00:00:00+14:00',
  'day-only': '2099-01-01',
  'in-month-thirteen': '2099-13-01T00:00:00Z',
  'as-number': '4070908800',
} as const

function shifted(time: string | undefined, milliseconds: number): string {
  return instant(Date.parse(time ?? '') + milliseconds)
}

function dated(what: keyof typeof notDates): SamlPersonalityEntry {
  return saying(
    `the assertion is valid until "${notDates[what]}"`,
    'saml-core section 1.3.3: xs:dateTime in UTC, without a time zone component other than Z',
    conditioned(() => ({ notOnOrAfter: notDates[what] })),
  )
}

/** Answers that are too old, too new, or whose time can not be read. The provider signs them. */
export const times = {
  expired: saying(
    'the assertion was valid until ten minutes ago',
    validity,
    conditioned(({ notBefore, notOnOrAfter }) => ({
      notBefore: shifted(notBefore, -2 * tenMinutes),
      notOnOrAfter: shifted(notOnOrAfter, -1.5 * tenMinutes),
    })),
  ),
  'not-yet-valid': saying(
    'the assertion is valid from tomorrow on',
    validity,
    conditioned(({ notBefore, notOnOrAfter }) => ({
      notBefore: shifted(notBefore, day),
      notOnOrAfter: shifted(notOnOrAfter, day),
    })),
  ),
  'never-valid': saying(
    'the assertion ceases to be valid before it begins to be',
    validity,
    conditioned(({ notBefore, notOnOrAfter }) => ({ notBefore: notOnOrAfter, notOnOrAfter: notBefore })),
  ),
  'confirmation-expired': saying(
    'the confirmation was valid until ten minutes ago',
    bearer,
    confirmed((good) => [{ ...good, notOnOrAfter: shifted(good.notOnOrAfter, -1.5 * tenMinutes) }]),
  ),
  'confirmation-without-end': saying(
    'the confirmation does not say until when it is valid',
    bearer,
    confirmedBy({ notOnOrAfter: undefined }),
  ),
  'confirmation-not-yet-valid': saying(
    'the confirmation is valid from tomorrow on',
    'saml-core section 2.4.1.2',
    confirmed((good) => [
      {
        ...good,
        notBefore: shifted(good.notOnOrAfter, day),
        notOnOrAfter: shifted(good.notOnOrAfter, 2 * day),
      },
    ]),
  ),
  'confirmation-with-not-before': {
    ...saying(
      'the confirmation says from when on it is valid',
      'saml-profiles section 4.1.4.2: a bearer confirmation MUST NOT have NotBefore',
      confirmed((good) => [{ ...good, notBefore: shifted(good.notOnOrAfter, -tenMinutes) }]),
    ),
    login: 'may-succeed',
  },
  'confirmation-date-unparsable': saying(
    'until when the confirmation is valid is no date',
    bearer,
    confirmedBy({ notOnOrAfter: 'tomorrow' }),
  ),
  'session-over': saying(
    'the session at the provider ended ten minutes ago',
    'saml-core section 2.7.2',
    authenticated(({ authnInstant }) => ({ sessionNotOnOrAfter: shifted(authnInstant, -tenMinutes) })),
  ),
  'session-end-unparsable': saying(
    'the end of the session at the provider is no date',
    'saml-core section 2.7.2',
    authenticated(() => ({ sessionNotOnOrAfter: 'tomorrow' })),
  ),
  'not-before-unparsable': saying(
    'from when on the assertion is valid is no date',
    'saml-core section 1.3.3',
    conditioned(() => ({ notBefore: 'yesterday' })),
  ),
  'date-unparsable': dated('unparsable'),
  'date-empty': dated('empty'),
  'date-without-timezone': dated('without-timezone'),
  'date-with-offset': { ...dated('with-offset'), login: 'may-succeed' },
  'date-without-time': dated('day-only'),
  'date-in-month-thirteen': dated('in-month-thirteen'),
  'date-as-number': dated('as-number'),
} as const satisfies Record<string, SamlPersonalityEntry>
