import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider'

/**
 * What the provider keeps, in memory; nothing goes before the process does. The library's own store of that kind is one for
 * each instance, and would forget what the instance before it began.
 */
export function createStore(): AdapterFactory {
  const stored = new Map<string, AdapterPayload>()
  return (model): Adapter => {
    const key = (id: string): string => `${model} ${id}`
    const mine = () => [...stored].filter(([name]) => name.startsWith(key('')))
    return {
      async upsert(id, payload) {
        stored.set(key(id), payload)
      },
      find: async (id) => stored.get(key(id)),
      findByUid: async (uid) => mine().find(([, payload]) => payload.uid === uid)?.[1],
      // For devices without a browser.
      findByUserCode: async () => undefined,
      async consume(id) {
        Object.assign(stored.get(key(id)) ?? {}, { consumed: Math.floor(Date.now() / 1000) })
      },
      async destroy(id) {
        stored.delete(key(id))
      },
      async revokeByGrantId(grantId) {
        for (const [name, payload] of mine()) if (payload.grantId === grantId) stored.delete(name)
      },
    }
  }
}
