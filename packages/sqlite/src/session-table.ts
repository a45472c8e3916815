import {
  emailKey,
  groupsOf,
  nameIdKey,
  nameIdOf,
  nameOf,
  SESSION_PAGE,
  type SessionGroup,
  type SessionKey,
  type SessionRecord,
  sidOf,
  TOMBSTONE_LIFETIME,
  TOUCH_INTERVAL,
} from '@doorward/core/ports'
import type { ExpiringTable, SqlDatabase } from './database.ts'

/** The session store's tables. Times are in milliseconds since the epoch; each call is the port's of the same name. */
export interface SessionTable extends ExpiringTable {
  save(record: SessionRecord): boolean
  touch(key: SessionKey, idleUntil: number, now: number): SessionRecord | undefined
  end(key: SessionKey, now: number): SessionRecord | undefined
  endAll(group: SessionGroup, now: number): number
  list(group: SessionGroup, after: SessionKey | undefined, now: number): SessionRecord[]
}

/** One row: the record as JSON, and beside it what changes. */
interface Row extends Record<string, string | number> {
  record: string
  used_at: number
  idle_until: number
}

const COLUMNS = 'record, used_at, idle_until'
const IS_NAMED = 'id = ? AND user_id = ?'
const IS_ALIVE = 'idle_until > ? AND expires_at > ?'

/**
 * Opens the session store's tables in `database`. Creates them where they are not there yet, and adds to those of an
 * earlier version what they lack: whoever was signed in before an update is after it.
 */
export function openSessionTable(database: SqlDatabase): SessionTable {
  createTables(database)

  const wasEnded = (group: SessionGroup, begunAt: number): boolean =>
    database.all('SELECT 1 FROM tombstones WHERE name = ? AND ended_at > ?', nameOf(group), begunAt).length >
    0

  return {
    save: (record) =>
      database.transaction(() => {
        if (groupsOf(record).some((group) => wasEnded(group, record.begunAt))) return false
        const { usedAt, idleUntil, ...lasting } = record
        const { connection, issuer, email } = record.identity
        const nameId = nameIdOf(record)
        database.all(
          `INSERT INTO sessions
             (id, user_id, connection, issuer, sid, name_id, email, used_at, idle_until, expires_at, record)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          record.id,
          record.userId,
          connection,
          issuer,
          sidOf(record) ?? null,
          nameId === undefined ? null : nameIdKey(nameId),
          email === undefined ? null : emailKey(email),
          usedAt,
          idleUntil,
          record.expiresAt,
          JSON.stringify(lasting),
        )
        return true
      }),

    touch({ id, userId }, idleUntil, now) {
      const name = [id, userId] as const
      const found = database
        .all<Row>(`SELECT ${COLUMNS} FROM sessions WHERE ${IS_NAMED} AND ${IS_ALIVE}`, ...name, now, now)
        .map(toRecord)[0]
      // Most uses end here, without waiting for whoever writes.
      if (!found || idleUntil < found.idleUntil + TOUCH_INTERVAL) return found
      // It may have ended meanwhile, and must not come back.
      return database
        .all<Row>(
          `UPDATE sessions SET used_at = ?, idle_until = ? WHERE ${IS_NAMED} AND ${IS_ALIVE} RETURNING ${COLUMNS}`,
          now,
          idleUntil,
          ...name,
          now,
          now,
        )
        .map(toRecord)[0]
    },

    // Expired or not: a use that was sent before the end of its life may arrive after this.
    end: ({ id, userId }, now) =>
      database
        .all<Row>(`DELETE FROM sessions WHERE ${IS_NAMED} RETURNING ${COLUMNS}`, id, userId)
        .map(toRecord)
        .filter((record) => isAlive(record, now))[0],

    endAll: (group, now) =>
      database.transaction(() => {
        database.all(
          `INSERT INTO tombstones (name, ended_at) VALUES (?, ?)
           ON CONFLICT (name) DO UPDATE SET ended_at = max(ended_at, excluded.ended_at)`,
          nameOf(group),
          now,
        )
        const { condition, bindings } = membership(group)
        const ended = database.all<{ alive: number }>(
          `DELETE FROM sessions WHERE ${condition} RETURNING ${IS_ALIVE} AS alive`,
          ...bindings,
          now,
          now,
        )
        return ended.filter(({ alive }) => alive === 1).length
      }),

    list(group, after, now) {
      const { condition, bindings } = membership(group)
      return database
        .all<Row>(
          `SELECT ${COLUMNS} FROM sessions WHERE ${condition} AND ${IS_ALIVE} AND id > ? ORDER BY id LIMIT ${SESSION_PAGE}`,
          ...bindings,
          now,
          now,
          after?.id ?? '',
        )
        .map(toRecord)
    },

    purge: (now) =>
      database.transaction(() => {
        database.all('DELETE FROM sessions WHERE idle_until <= ? OR expires_at <= ?', now, now)
        database.all('DELETE FROM tombstones WHERE ended_at <= ?', now - TOMBSTONE_LIFETIME)
        const counts = database.all<{ count: number }>(
          'SELECT (SELECT count(*) FROM sessions) + (SELECT count(*) FROM tombstones) AS count',
        )
        return counts[0]?.count ?? 0
      }),
  }
}

function createTables(database: SqlDatabase): void {
  database.script(`
    CREATE TABLE IF NOT EXISTS sessions (
      id TEXT PRIMARY KEY,
      user_id TEXT NOT NULL,
      connection TEXT NOT NULL,
      issuer TEXT NOT NULL,
      sid TEXT,
      email TEXT,
      used_at INTEGER NOT NULL,
      idle_until INTEGER NOT NULL,
      expires_at INTEGER NOT NULL,
      record TEXT NOT NULL
    );
  `)
  addColumn(database, 'name_id TEXT')
  database.script(`
    CREATE INDEX IF NOT EXISTS sessions_by_user ON sessions (user_id);
    CREATE INDEX IF NOT EXISTS sessions_by_provider_session ON sessions (connection, issuer, sid);
    CREATE INDEX IF NOT EXISTS sessions_by_name_id ON sessions (connection, issuer, name_id);
    CREATE INDEX IF NOT EXISTS sessions_by_email ON sessions (email);
    CREATE TABLE IF NOT EXISTS tombstones (
      name TEXT PRIMARY KEY,
      ended_at INTEGER NOT NULL
    ) WITHOUT ROWID;
  `)
}

/** Adds a column to a table that was created before there was one. Its name is not looked for in what is there of that time. */
function addColumn(database: SqlDatabase, definition: `${string} ${string}`): void {
  const [name] = definition.split(' ')
  database.transaction(() => {
    const columns = database.all<{ name: string }>('PRAGMA table_info(sessions)')
    if (columns.some((column) => column.name === name)) return
    database.script(`ALTER TABLE sessions ADD COLUMN ${definition}`)
  })
}

/** The sessions of a group, as SQL. */
function membership(group: SessionGroup): { condition: string; bindings: string[] } {
  switch (group.by) {
    case 'user':
      return { condition: 'user_id = ?', bindings: [group.userId] }
    case 'connection':
      return { condition: 'connection = ?', bindings: [group.connection] }
    case 'email':
      return { condition: 'email = ?', bindings: [emailKey(group.email)] }
    case 'provider-session': {
      const session = {
        condition: 'connection = ? AND issuer = ? AND sid = ?',
        bindings: [group.connection, group.issuer, group.sid],
      }
      return group.userId === undefined
        ? session
        : {
            condition: `${session.condition} AND user_id = ?`,
            bindings: [...session.bindings, group.userId],
          }
    }
    case 'name-id': {
      const person = {
        condition: 'connection = ? AND issuer = ? AND name_id = ?',
        bindings: [group.connection, group.issuer, nameIdKey(group.nameId)],
      }
      return group.sessionIndex === undefined
        ? person
        : { condition: `${person.condition} AND sid = ?`, bindings: [...person.bindings, group.sessionIndex] }
    }
  }
}

function toRecord({ record, used_at, idle_until }: Row): SessionRecord {
  const lasting = JSON.parse(record) as Omit<SessionRecord, 'usedAt' | 'idleUntil'>
  return { ...lasting, usedAt: used_at, idleUntil: idle_until }
}

function isAlive({ idleUntil, expiresAt }: SessionRecord, now: number): boolean {
  return idleUntil > now && expiresAt > now
}
