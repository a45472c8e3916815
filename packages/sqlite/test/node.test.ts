import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { PURGE_INTERVAL, type SessionRecord, TOMBSTONE_LIFETIME } from '@doorward/core/ports'
import { createFixedClock, recordWith } from '@doorward/core/testing'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openSqliteState } from '../src/node.ts'

let folder: string
let file: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'doorward-sqlite-'))
  file = join(folder, 'state.db')
})
afterEach(() => rm(folder, { recursive: true }))

it('forgets what has expired by itself, so that the file does not grow for ever', async () => {
  const clock = createFixedClock(Date.now())
  const { ledger, close } = openSqliteState(file, clock.now)
  await ledger.claim('scope', ['key'], clock.now() + 1000)
  clock.advance(PURGE_INTERVAL)
  await ledger.claim('scope', ['another'], clock.now() + 1000)
  expect(await ledger.claim('scope', ['key'], clock.now() + 1000)).toBe(true)
  close()
})

it('removes personal data that has expired, also in processes that never run for long', async () => {
  const clock = createFixedClock(Date.now())
  const save = async (email: string) => {
    const { sessions, close } = openSqliteState(file, clock.now)
    await sessions.save(sessionOf(email, clock.now()))
    close()
  }
  await save('gone@acme.example')
  clock.advance(60_001)
  await save('here@acme.example')
  const content = (await readFile(file)).toString('latin1')
  expect(content).toContain('here@acme.example')
  expect(content).not.toContain('gone@acme.example')
})

it('leaves nothing of what was removed beside the file while it is open', async () => {
  const clock = createFixedClock(Date.now())
  const { sessions, close } = openSqliteState(file, clock.now)
  await sessions.save(sessionOf('gone@acme.example', clock.now()))
  await sessions.endAll({ by: 'email', email: 'ended@acme.example' })
  clock.advance(TOMBSTONE_LIFETIME)
  await sessions.purge()
  await sessions.save(sessionOf('here@acme.example', clock.now()))
  const content = `${await readFile(file, 'latin1')}${await readFile(`${file}-wal`, 'latin1')}`
  close()
  expect(content).toContain('here@acme.example')
  for (const address of ['gone@acme.example', 'ended@acme.example']) expect(content).not.toContain(address)
})

it('takes over the sessions that a version without SAML kept, and keeps those of SAML beside them', async () => {
  const clock = createFixedClock(Date.now())
  const old = { ...sessionOf('old@acme.example', clock.now()), id: 'old' }
  const { usedAt, idleUntil, ...lasting } = old
  const database = new DatabaseSync(file)
  database.exec(`
    CREATE TABLE sessions (
      id TEXT PRIMARY KEY, user_id TEXT NOT NULL, connection TEXT NOT NULL, issuer TEXT NOT NULL, sid TEXT, email TEXT,
      used_at INTEGER NOT NULL, idle_until INTEGER NOT NULL, expires_at INTEGER NOT NULL, record TEXT NOT NULL
    );
    CREATE INDEX sessions_by_user ON sessions (user_id);
  `)
  database
    .prepare('INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
    .run(
      'old',
      old.userId,
      'acme',
      'https://idp.example',
      'sid-1',
      'old@acme.example',
      usedAt,
      idleUntil,
      old.expiresAt,
      JSON.stringify(lasting),
    )
  database.close()
  const nameId = { value: 'user-1', format: undefined, nameQualifier: undefined, spNameQualifier: undefined }
  const byName = {
    by: 'name-id',
    connection: 'acme',
    issuer: 'https://idp.example',
    nameId,
    sessionIndex: undefined,
  } as const
  for (const _ of ['the update', 'the next start']) {
    const { sessions, close } = openSqliteState(file, clock.now)
    expect(await sessions.touch(old, idleUntil)).toMatchObject({ id: 'old', usedAt })
    expect(await sessions.list(byName)).toEqual([])
    close()
  }
  const { sessions, close } = openSqliteState(file, clock.now)
  const providerSession = { protocol: 'saml', sessionIndex: '_1', nameId } as const
  await sessions.save({ ...old, id: 'new', begunAt: clock.now(), providerSession })
  expect(await sessions.endAll(byName)).toBe(1)
  expect(await sessions.endAll({ by: 'connection', connection: 'acme' })).toBe(1)
  close()
})

it('can be read by nobody else: it holds personal data', async () => {
  openSqliteState(file).close()
  expect((await stat(file)).mode & 0o077).toBe(0)
})

it('leaves a file alone that is no database', async () => {
  await writeFile(file, 'something of somebody else '.repeat(100))
  expect(() => openSqliteState(file)).toThrow()
  expect(await readFile(file, 'utf8')).toContain('something of somebody else')
})

it('undoes all of a step that fails', async () => {
  const { sessions, ledger, close } = openSqliteState(file)
  await expect(sessions.save({} as never)).rejects.toThrow()
  // Nothing is left open that would make this fail.
  expect(await ledger.claim('scope', ['key'], Date.now() + 1000)).toBe(true)
  close()
})

/** A session that is over after a minute. */
function sessionOf(email: string, now: number): SessionRecord {
  const { identity } = recordWith(now)
  return recordWith(now, { id: email, identity: { ...identity, email }, expiresAt: now + 60_000 })
}
