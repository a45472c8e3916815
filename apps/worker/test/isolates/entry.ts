import { WorkerEntrypoint } from 'cloudflare:workers'
import {
  createSealer,
  createSessions,
  PUSHED_CONFIGURATION_KEY,
  parseSigningKeys,
  type Sealer,
  Secret,
  type Sessions,
  sealConfiguration,
  systemClock,
} from '@doorward/core'
import deployed from '#configuration'
import type { Env } from '../../src/composition.ts'
import { createDurableLedger } from '../../src/objects/ledger.ts'
import { createDurableSessionStore } from '../../src/objects/session-store.ts'
import { CONNECTION } from './names.ts'
import type { ProbeRequest } from './probe-calls.ts'

// The worker itself, as it is deployed.
export { ConfigurationObject, default, LedgerObject, SessionStoreObject } from '../../src/index.ts'

/** What the isolate's own sessions add to the time. */
let ahead = 0

/** One for the isolate, as in the worker: the memory of what was seen is in it. */
let sessions: Sessions | undefined

/**
 * Reaches what no route of the worker shows: the parts that one isolate is made of, over the bindings and secrets that
 * the worker beside it has. Served on a socket of its own.
 */
export class Probe extends WorkerEntrypoint<Env> {
  override async fetch(request: Request): Promise<Response> {
    const result = await this.#answer((await request.json()) as ProbeRequest)
    return Response.json({ result })
  }

  #answer({ call, input }: ProbeRequest): unknown {
    switch (call) {
      case 'claim':
        return createDurableLedger(this.env.LEDGER, systemClock).claim(
          input.scope,
          input.keys,
          input.expiresAt,
        )
      case 'setClock':
        ahead = input.ahead
        return undefined
      case 'find':
        return this.#sessions().find(input.token, input.options)
      case 'end':
        return this.#sessions().end(input.token)
      case 'endAll':
        return this.#sessions().endAll(input.group)
      case 'list':
        return this.#sessions().list(input.group)
      case 'sign':
        return parseSigningKeys(new Secret(this.env.DOORWARD_SIGNING_KEYS ?? '')).sign(input.token)
      case 'deployed':
        return deployed
      case 'seal':
        return sealConfiguration(input.compiled, this.#sealer())
      case 'write':
        return input.pushed === undefined
          ? this.env.STATE.delete(PUSHED_CONFIGURATION_KEY)
          : this.env.STATE.put(PUSHED_CONFIGURATION_KEY, input.pushed)
    }
  }

  #sealer(): Sealer {
    return createSealer(this.env.DOORWARD_SECRET.split(' ').map((secret) => new Secret(secret)))
  }

  #sessions(): Sessions {
    const clock = () => systemClock() + ahead
    sessions ??= createSessions({
      store: createDurableSessionStore(this.env.SESSIONS, clock),
      sealer: this.#sealer(),
      clock,
      connections: [CONNECTION],
    })
    return sessions
  }
}
