import type { Adapter, AdapterConstructor, AdapterPayload } from 'oidc-provider'

/** Where oidc-provider keeps what it has begun. Its own memory dies with a provider, and keys are changed by a new one. */
export function createStorage(): AdapterConstructor {
  const kept = new Map<string, AdapterPayload>()

  return class implements Adapter {
    readonly #model: string

    constructor(model: string) {
      this.#model = model
    }

    async upsert(id: string, payload: AdapterPayload): Promise<void> {
      kept.set(this.#key(id), payload)
    }

    async find(id: string): Promise<AdapterPayload | undefined> {
      return kept.get(this.#key(id))
    }

    async findByUid(uid: string): Promise<AdapterPayload | undefined> {
      return [...kept.values()].find((payload) => payload.kind === this.#model && payload.uid === uid)
    }

    async findByUserCode(): Promise<undefined> {}

    async consume(id: string): Promise<void> {
      const payload = await this.find(id)
      if (payload) payload.consumed = Date.now()
    }

    async destroy(id: string): Promise<void> {
      kept.delete(this.#key(id))
    }

    async revokeByGrantId(grantId: string): Promise<void> {
      for (const [key, payload] of kept) if (payload.grantId === grantId) kept.delete(key)
    }

    #key(id: string): string {
      return `${this.#model}:${id}`
    }
  }
}
