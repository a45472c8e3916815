import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PURGE_INTERVAL } from '@doorward/core/ports'
import { createFixedClock } from '@doorward/core/testing'
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
