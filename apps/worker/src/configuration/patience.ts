/** Waits so long, in milliseconds. */
export function sleep(duration: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, duration))
}

/** Waits for `work`, and not for ever. */
export async function atMost(patience: number, work: Promise<unknown>): Promise<void> {
  const expired = Promise.withResolvers<void>()
  const timer = setTimeout(expired.resolve, patience)
  try {
    await Promise.race([work, expired.promise])
  } finally {
    clearTimeout(timer)
  }
}

/** @throws Error when `work` takes longer than `patience` */
export async function inTime<T>(patience: number, work: Promise<T>): Promise<T> {
  let result: { readonly value: T } | undefined
  const working = work.then((value) => {
    result = { value }
  })
  await atMost(patience, working)
  if (!result) throw new Error('no answer in time')
  return result.value
}
