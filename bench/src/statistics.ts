/**
 * @param share 0.5 for the middle one, 0.9 for one that nine of ten do not exceed
 * @returns NaN when there is none
 */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const place = (sorted.length - 1) * share
  const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]]
  return low === undefined || high === undefined ? Number.NaN : low + (high - low) * (place % 1)
}

/** @returns the middle one, or the mean of the middle two; NaN when there is none */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}
