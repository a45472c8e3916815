/** One or two letters that stand for a person. Empty when the name has none. */
export function initials(name: string): string {
  // Of an e-mail address only what stands before the @.
  const words = name.split('@')[0]?.match(/[\p{L}\p{N}]+/gu) ?? []
  const picked = words.length > 1 ? [words[0], words.at(-1)] : words
  // By code point, since half of a surrogate pair is not a letter.
  return picked
    .map((word) => [...(word ?? '')][0])
    .join('')
    .toLocaleUpperCase()
}

/** A moment in the person's own time zone, or null when the server's words are no moment. */
export function localMoment(iso: string, locale: string): string | null {
  const moment = new Date(iso)
  if (Number.isNaN(moment.getTime())) return null
  return moment.toLocaleString(locale, { dateStyle: 'long', timeStyle: 'short' })
}
