/**
 * The form in which issuers are compared for choosing a connection: hosts in one spelling, no slash at the end. Only for
 * finding one; whether an answer is from the right issuer is compared to the letter.
 */
export function issuerKey(issuer: string): string {
  const text = URL.parse(issuer)?.href ?? issuer
  let end = text.length
  // Not by a pattern: anybody may send one with very many slashes.
  while (text[end - 1] === '/') end -= 1
  return text.slice(0, end)
}
