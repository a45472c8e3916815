/**
 * Reads a time as SAML writes it: `xs:dateTime` in UTC, with or without fractions of a second
 * ([SAML Core, section 1.3.3](https://docs.oasis-open.org/security/saml/v2.0/saml-core-2.0-os.pdf)).
 *
 * @returns milliseconds since the epoch, or undefined for anything else, dates that no calendar has among it: nothing is
 *   ever compared with something that is no time
 */
export function parseInstant(text: string): number | undefined {
  const parts = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{1,12})?(?:Z|\+00:00)$/.exec(text)
  if (!parts) return undefined
  const [, seconds, fraction = ''] = parts
  const time = Date.parse(`${seconds}.000Z`)
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 19) !== seconds) return undefined
  return time + Math.floor(Number(`0${fraction}`) * 1000)
}

/** Writes a time as SAML does, in whole seconds: not every reader knows fractions. @param time milliseconds since the epoch */
export function formatInstant(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`
}
