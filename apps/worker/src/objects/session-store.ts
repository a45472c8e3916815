import {
  type Clock,
  SESSION_PAGE,
  type SessionGroup,
  type SessionKey,
  type SessionRecord,
  type SessionStore,
} from '@doorward/core/ports'
import { openSessionTable, type SessionTable } from '@doorward/sqlite'
import { onceMore } from './once-more.ts'
import { PurgedObject } from './purged-object.ts'
import { shardOf, shards } from './shard.ts'

/** One shard of the session store. Records travel as JSON, so that what was absent stays absent. */
export class SessionStoreObject extends PurgedObject<SessionTable> {
  constructor(state: DurableObjectState, env: Cloudflare.Env) {
    super(state, env, openSessionTable)
  }

  async save(record: string): Promise<boolean> {
    const kept = this.table.save(JSON.parse(record) as SessionRecord)
    await this.expectPurge()
    return kept
  }

  async touch(key: SessionKey, idleUntil: number, now: number): Promise<string | undefined> {
    return toJson(this.table.touch(key, idleUntil, now))
  }

  async end(key: SessionKey, now: number): Promise<string | undefined> {
    return toJson(this.table.end(key, now))
  }

  async endAll(group: SessionGroup, now: number): Promise<number> {
    const count = this.table.endAll(group, now)
    await this.expectPurge()
    return count
  }

  async list(group: SessionGroup, after: SessionKey | undefined, now: number): Promise<string> {
    return JSON.stringify(this.table.list(group, after, now))
  }
}

/**
 * The {@link SessionStore} over Durable Objects, by hash of the user: what is about one person is asked of one object,
 * and what names nobody, such as a connection, of all.
 */
export function createDurableSessionStore(
  namespace: DurableObjectNamespace<SessionStoreObject>,
  clock: Clock,
): SessionStore {
  const shardOfUser = async ({ userId }: { readonly userId: string }) =>
    namespace.getByName(await shardOf(userId))

  const shardsOf = async (group: SessionGroup): Promise<readonly string[]> =>
    'userId' in group && group.userId !== undefined ? [await shardOf(group.userId)] : shards

  return {
    save: async (record) => (await shardOfUser(record)).save(JSON.stringify(record)),
    touch: (key, idleUntil) =>
      onceMore(async () => fromJson(await (await shardOfUser(key)).touch(nameOnly(key), idleUntil, clock()))),
    end: (key) => onceMore(async () => fromJson(await (await shardOfUser(key)).end(nameOnly(key), clock()))),

    async endAll(group) {
      const now = clock()
      const names = await shardsOf(group)
      const endings = names.map((name) => onceMore(async () => namespace.getByName(name).endAll(group, now)))
      // All of them, also when one fails: who asked must know when it is over.
      await Promise.allSettled(endings)
      return (await Promise.all(endings)).reduce((sum, count) => sum + count, 0)
    },

    async list(group, after) {
      const names = await shardsOf(group)
      const first = after === undefined ? 0 : Math.max(0, names.indexOf(await shardOf(after.userId)))
      const found: SessionRecord[] = []
      for (const [index, name] of names.slice(first).entries()) {
        const from = index === 0 && after ? nameOnly(after) : undefined
        const page = await onceMore(async () => namespace.getByName(name).list(group, from, clock()))
        found.push(...(JSON.parse(page) as SessionRecord[]))
        if (found.length >= SESSION_PAGE) break
      }
      return found.slice(0, SESSION_PAGE)
    },
  }
}

/** Callers may pass a whole record; no more than its name needs to travel. */
const nameOnly = ({ userId, id }: SessionKey): SessionKey => ({ userId, id })

const toJson = (record: SessionRecord | undefined): string | undefined => record && JSON.stringify(record)

const fromJson = (text: string | undefined): SessionRecord | undefined =>
  text === undefined ? undefined : (JSON.parse(text) as SessionRecord)
