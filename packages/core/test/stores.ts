import type { SessionStore } from '../src/ports/session-store.ts'

/** The same store, and how often it was asked for a record. */
export function counted(store: SessionStore): { readonly store: SessionStore; calls(): number } {
  let count = 0
  return {
    calls: () => count,
    store: {
      ...store,
      touch: (...use) => {
        count++
        return store.touch(...use)
      },
    },
  }
}

interface SlowStore {
  readonly store: SessionStore
  /** Until the store has answered, and the answer is on its way. */
  readonly answered: Promise<void>
  /** Lets the answer go. */
  release(): void
}

/** The same store, whose first answer to `save` or `touch` waits until it is let go. */
export function slow(store: SessionStore): SlowStore {
  const open = Promise.withResolvers<void>()
  const waiting = Promise.withResolvers<void>()
  let isFirst = true
  async function late<T>(call: Promise<T>): Promise<T> {
    const holds = isFirst
    isFirst = false
    const answer = await call
    waiting.resolve()
    if (holds) await open.promise
    return answer
  }
  return {
    store: {
      ...store,
      save: (record) => late(store.save(record)),
      touch: (key, idleUntil) => late(store.touch(key, idleUntil)),
    },
    answered: waiting.promise,
    release: () => open.resolve(),
  }
}

/** A call that fails, whatever was asked. */
export const unreachable = (): Promise<never> => Promise.reject(new Error('unreachable'))

/** A store that can not be reached. */
export const failing: SessionStore = {
  save: unreachable,
  touch: unreachable,
  end: unreachable,
  endAll: unreachable,
  list: unreachable,
}
