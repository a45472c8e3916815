/**
 * A deploy starts objects anew, and a call that was under way fails, saying that it may be made once more
 * ([Durable Objects, error handling](https://developers.cloudflare.com/durable-objects/best-practices/error-handling/)).
 *
 * @param call what comes to the same when it is done twice
 */
export async function onceMore<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    const { retryable, overloaded } = error as { readonly retryable?: boolean; readonly overloaded?: boolean }
    if (!retryable || overloaded) throw error
    return call()
  }
}
