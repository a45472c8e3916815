import type { Name } from './names.ts'

/** What a Worker is given beside its bindings. */
export interface Variables {
  readonly DOORWARD_SECRET: string
  readonly DOORWARD_SIGNING_KEYS?: string
  readonly DOORWARD_OPERATOR_TOKEN?: string
}

/** For each Worker. */
export type AllVariables = Readonly<Record<Exclude<Name, 'd'>, Variables>> & { readonly d?: Variables }

/** What host.ts is told by its parent. */
export interface HostSettings {
  /** The worker, bundled. */
  readonly script: string
  readonly compatibilityDate: string
  /** Where Durable Objects and KV are kept. */
  readonly folder: string
  readonly variables: AllVariables
}

/** Where one isolate listens. */
export interface Ports {
  /** The worker itself. */
  readonly site: number
  /** The isolate's parts; see entry.ts. */
  readonly probe: number
}
