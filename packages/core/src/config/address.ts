import { normalizeDomain } from './domain.ts'

/** An e-mail address that was taken apart strictly. */
export interface EmailAddress {
  /** With the domain as below: two spellings of one address are one text. */
  readonly text: string
  /** ASCII, lower case: the form in which domains are compared. */
  readonly domain: string
  /** In lower case: the form in which whole addresses are compared, because no provider tells `A@` from `a@`. */
  readonly key: string
}

/**
 * Takes an e-mail address apart. Deliberately narrower than
 * [RFC 5322](https://www.rfc-editor.org/rfc/rfc5322#section-3.4.1): one `@`, no quoting, no comments, no white space,
 * because whatever could be read in two ways could name two domains.
 *
 * @returns undefined when it is not an address in that sense
 */
export function parseEmailAddress(text: string): EmailAddress | undefined {
  const trimmed = text.trim()
  if (trimmed.length > 254) return undefined
  const parts = trimmed.split('@')
  const [local, host] = parts
  if (parts.length !== 2 || !local || !host) return undefined
  if (local.length > 64 || /[\s,;:"'<>()[\]\\]|\p{C}|\p{Z}|\p{Default_Ignorable_Code_Point}/u.test(local))
    return undefined
  const domain = normalizeDomain(host)
  // A character that stands for others, such as a full-width @, may be read as those elsewhere.
  if (domain === undefined || local.normalize('NFKC') !== local) return undefined
  return { text: `${local}@${domain}`, domain, key: `${local.toLowerCase()}@${domain}` }
}
