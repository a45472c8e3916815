/**
 * Reads a time as SAML writes it: `xs:dateTime` in UTC, with or without fractions of a second
 * ([SAML Core, section 1.3.3](https://docs.oasis-open.org/security/saml/v2.0/saml-core-2.0-os.pdf)).
 *
 * @returns milliseconds since the epoch, or undefined for anything else, dates that no calendar has among it: nothing is
 *   ever compared with something that is no time
 */
export function parseInstant(text: string): number | undefined {
  const parts = WRITTEN.exec(text)
  if (!parts) return undefined
  const [, seconds, day, fraction = ''] = parts
  const time = Date.parse(`${seconds}Z`)
  // The 31st of a month that has no such day would be the 1st of the next one, or none.
  if (new Date(time).getUTCDate() !== Number(day)) return undefined
  return time + Math.floor(Number(`0${fraction}`) * 1000)
}

const WRITTEN =
  /^(\d{4}-(?:0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)(\.\d{1,12})?(?:Z|\+00:00)$/

/** Writes a time as SAML does, in whole seconds: not every reader knows fractions. @param time milliseconds since the epoch */
export function formatInstant(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`
}
