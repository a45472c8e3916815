import { parseInstant } from '../instant.ts'

/**
 * Reads a time as metadata has it
 * ([XML Schema, section 3.2.7](https://www.w3.org/TR/xmlschema-2/#dateTime)). SAML wants UTC. What names no zone is meant
 * so, and another zone is understood, because providers write either.
 *
 * @returns milliseconds since the epoch; undefined when it is no time
 */
export function parseDateTime(text: string): number | undefined {
  const match = /^([\d.:T-]{19,40}?)(?:Z|([+-])(\d\d):(\d\d))?$/.exec(text.trim())
  const [, local = '', sign, hours = 0, minutes = 0] = match ?? []
  const time = parseInstant(`${local}Z`)
  if (time === undefined || Number(hours) > 14 || Number(minutes) > 59) return undefined
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000
  return sign === '-' ? time + offset : time - offset
}

const DURATION = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/

/** Milliseconds in a year, month, day, hour, minute and second; the first two about. */
const UNITS = [365 * 86_400_000, 30 * 86_400_000, 86_400_000, 3_600_000, 60_000, 1000]

/**
 * Reads a length of time ([XML Schema, section 3.2.6](https://www.w3.org/TR/xmlschema-2/#duration)).
 *
 * @returns milliseconds; undefined when it is none, or less than none
 */
export function parseDuration(text: string): number | undefined {
  const written = text.trim()
  const match = written.length <= 64 && /\d[A-Z]$/.test(written) ? DURATION.exec(written) : null
  return match
    ?.slice(1)
    .reduce((sum, number, position) => sum + Number(number ?? 0) * (UNITS[position] ?? 0), 0)
}
