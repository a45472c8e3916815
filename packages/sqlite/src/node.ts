import { closeSync, openSync } from 'node:fs'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import {
  type Clock,
  type Ledger,
  PURGE_INTERVAL,
  type Purgeable,
  type SessionStore,
  systemClock,
} from '@doorward/core/ports'
import { openClaimTable } from './claim-table.ts'
import type { ExpiringTable, SqlDatabase } from './database.ts'
import { openSessionTable } from './session-table.ts'

/** How long a process waits for another one that is writing, in milliseconds. */
const BUSY_TIMEOUT = 5000

/** SQLite's name for a database that is no file. */
const IN_MEMORY = ':memory:'

/** A SQLite file with the state of one installation. */
export interface SqliteState {
  readonly ledger: Ledger & Purgeable
  readonly sessions: SessionStore & Purgeable
  /** Closes the file; nothing works after that. */
  close(): void
}

/**
 * Opens the state of an installation in a SQLite file, on Node, Deno or Bun. Several processes of one machine may have
 * the same file open; a network drive will not do, because SQLite can not lock files there
 * ([SQLite, "Over a network"](https://www.sqlite.org/useovernet.html)). Calls do their work before they return, about half
 * a millisecond for a claim, and wait up to five seconds for another process that writes: nothing else runs meanwhile.
 *
 * @param path the file; created where it is not there, for this service alone to read: it holds personal data
 * @throws Error when it can not be opened or is no database
 */
export function openSqliteState(path: string, clock: Clock = systemClock): SqliteState {
  if (path !== IN_MEMORY) closeSync(openSync(path, 'a', 0o600))
  const connection = new DatabaseSync(path)
  const database = overNodeSqlite(connection)
  const claims = openClaimTable(database)
  const sessions = openSessionTable(database)
  const purge = (table: ExpiringTable): number => {
    const left = table.purge(clock())
    checkpoint(connection)
    return left
  }
  const purgeClaims = nowAndThen(clock, () => purge(claims))
  const purgeSessions = nowAndThen(clock, () => purge(sessions))
  return {
    ledger: {
      async claim(scope, keys, expiresAt) {
        purgeClaims()
        return claims.claim(scope, keys, expiresAt, clock())
      },
      purge: async () => purge(claims),
    },
    sessions: {
      async save(record) {
        purgeSessions()
        return sessions.save(record)
      },
      async touch(key, idleUntil) {
        purgeSessions()
        return sessions.touch(key, idleUntil, clock())
      },
      end: async (key) => sessions.end(key, clock()),
      endAll: async (group) => sessions.endAll(group, clock()),
      list: async (group, after) => sessions.list(group, after, clock()),
      purge: async () => purge(sessions),
    },
    close: () => connection.close(),
  }
}

/** Purges when something is asked for, not by a timer: a timer would keep the process alive. */
function nowAndThen(clock: Clock, purge: () => void): () => void {
  // At the start as well: what runs but for a few minutes each time must not keep everything.
  let purgedAt = Number.NEGATIVE_INFINITY
  return () => {
    const now = clock()
    if (now < purgedAt + PURGE_INTERVAL) return
    purgedAt = now
    try {
      purge()
    } catch {
      // Somebody else writes for long. It can wait for the next time; what was asked for can not.
    }
  }
}

/** What was removed stands in the write-ahead log until that is emptied; while another process reads, that can wait. */
function checkpoint(connection: DatabaseSync): void {
  connection.exec('PRAGMA busy_timeout = 0')
  connection.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  connection.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT}`)
}

function overNodeSqlite(connection: DatabaseSync): SqlDatabase {
  // FULL, because a claim that was granted must survive a power failure too; secure_delete, because what is removed is
  // personal data.
  connection.exec(`
    PRAGMA busy_timeout = ${BUSY_TIMEOUT};
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA secure_delete = ON;
  `)
  const statements = new Map<string, StatementSync>()

  function prepare(sql: string): StatementSync {
    const known = statements.get(sql)
    if (known) return known
    const statement = connection.prepare(sql)
    statements.set(sql, statement)
    return statement
  }

  return {
    script: (sql) => connection.exec(sql),
    all: <Row>(sql: string, ...bindings: (string | number | null)[]) =>
      prepare(sql).all(...bindings) as Row[],
    transaction(work) {
      // IMMEDIATE: two processes that read first and write later would fail each other.
      connection.exec('BEGIN IMMEDIATE')
      try {
        const result = work()
        connection.exec('COMMIT')
        return result
      } catch (error) {
        connection.exec('ROLLBACK')
        throw error
      }
    },
  }
}
