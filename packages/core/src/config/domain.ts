/**
 * Brings a domain into the one form in which domains are compared: ASCII (IDNA, as the URL class does it), lower
 * case. A final dot is refused, not dropped: nobody writes an address like that by accident.
 *
 * @returns undefined when it is not a domain name
 */
export function normalizeDomain(text: string): string | undefined {
  // The URL class strips or reinterprets these instead of refusing them; IDNA drops what nobody sees.
  if (text === '' || /[\s/\\?#@:%[\]<>^|]|\p{C}|\p{Default_Ignorable_Code_Point}/u.test(text))
    return undefined
  const hostname = URL.parse(`https://${text}/`)?.hostname
  if (hostname === undefined || hostname.length > 253) return undefined
  // What looks like a number is an IP address to the URL class, not a domain.
  if (/^[\d.]+$/.test(hostname)) return undefined
  return /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/.test(hostname)
    ? hostname
    : undefined
}
