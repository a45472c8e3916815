import { DurableObject } from 'cloudflare:workers'
import type { Keeping, KeptConfiguration, KeptConfigurations } from '../configuration/kept.ts'
import { onceMore } from './once-more.ts'

/** A row holds 2 MB at most ([limits](https://developers.cloudflare.com/durable-objects/platform/limits/)). */
const PART_LENGTH = 1_000_000

/** The one object that knows which pushed configuration is the newest: it answers one call at a time. */
export class ConfigurationObject extends DurableObject {
  constructor(state: DurableObjectState, env: Cloudflare.Env) {
    super(state, env)
    state.storage.sql.exec(
      'CREATE TABLE IF NOT EXISTS kept (part INTEGER PRIMARY KEY, version INTEGER NOT NULL, sealed TEXT NOT NULL)',
    )
  }

  newest(above: number): KeptConfiguration | undefined {
    const version = this.#version()
    if (version === undefined) return undefined
    return { version, sealed: version > above ? this.#sealed() : undefined }
  }

  keep(version: number, sealed: string): Keeping {
    const before = this.#version()
    if (before !== undefined && before > version) return { newest: before, isNew: false }
    const { storage } = this.ctx
    storage.transactionSync(() => {
      storage.sql.exec('DELETE FROM kept')
      for (let part = 0; part * PART_LENGTH < sealed.length; part++) {
        const text = sealed.slice(part * PART_LENGTH, (part + 1) * PART_LENGTH)
        storage.sql.exec('INSERT INTO kept (part, version, sealed) VALUES (?, ?, ?)', part, version, text)
      }
    })
    return { newest: version, isNew: before !== version }
  }

  #version(): number | undefined {
    const { sql } = this.ctx.storage
    return sql.exec<{ version: number }>('SELECT version FROM kept WHERE part = 0').toArray()[0]?.version
  }

  #sealed(): string {
    const parts = this.ctx.storage.sql.exec<{ sealed: string }>('SELECT sealed FROM kept ORDER BY part')
    return [...parts].map(({ sealed }) => sealed).join('')
  }
}

/** The {@link KeptConfigurations} in a Durable Object: one for the installation. */
export function createDurableKeptConfigurations(
  namespace: DurableObjectNamespace<ConfigurationObject>,
): KeptConfigurations {
  const object = () => namespace.getByName('configuration')
  return {
    newest: (above) => onceMore(async () => object().newest(above)),
    keep: (version, sealed) => onceMore(async () => object().keep(version, sealed)),
  }
}
