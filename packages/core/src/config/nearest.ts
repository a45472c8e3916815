/**
 * The candidate that was probably meant.
 *
 * @returns the one with the smallest edit distance to `text`, if at most a third of its letters differ
 */
export function nearest(text: string, candidates: readonly string[]): string | undefined {
  const wanted = text.toLowerCase().replaceAll('-', '_')
  let best: { candidate: string; distance: number } | undefined
  for (const candidate of candidates) {
    // It takes as many edits at least.
    if (Math.abs(wanted.length - candidate.length) > candidate.length / 3) continue
    const distance = editDistance(wanted, candidate.toLowerCase())
    if (distance <= candidate.length / 3 && (!best || distance < best.distance))
      best = { candidate, distance }
  }
  return best?.candidate
}

/** Levenshtein's distance, where two letters that changed places are one edit; both texts are cut at 64 characters, so the work is bounded. */
function editDistance(a: string, b: string): number {
  const from = a.slice(0, 64)
  const to = b.slice(0, 64)
  let before: readonly number[] = []
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (let row = 1; row <= from.length; row++) {
    const current = [row]
    for (let column = 1; column <= to.length; column++) {
      const substitution = (previous[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1)
      const isSwapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
      const swap = isSwapped ? (before[column - 2] ?? 0) + 1 : substitution
      current[column] = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        substitution,
        swap,
      )
    }
    before = previous
    previous = current
  }
  return previous[to.length] ?? 0
}
