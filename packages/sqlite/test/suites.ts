import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import type { Clock } from '@doorward/core/ports'
import { type Harness, ledgerSuite, type PortCase, sessionStoreSuite } from '@doorward/core/testing'
import { openSqliteState, type SqliteState } from '../src/node.ts'

/**
 * A program that runs the port suites over node:sqlite, on whatever host it is started with, each case in a file of its
 * own. Prints the outcomes as JSON: nothing but the host takes part, no test framework.
 */

/** How each case ended, by its name; an empty text is well. */
export type Outcomes = Readonly<Record<'ledger' | 'sessions', Readonly<Record<string, string>>>>

async function runSuite<Port>(
  suite: readonly PortCase<Harness<Port>>[],
  portOf: (state: SqliteState) => Port & { purge(): Promise<number> },
): Promise<Record<string, string>> {
  const outcomes: Record<string, string> = {}
  for (const { name, run } of suite) {
    const folder = mkdtempSync(join(tmpdir(), 'doorward-sqlite-'))
    const opened: SqliteState[] = []
    const open = (clock: Clock): SqliteState => {
      for (const state of opened.splice(0)) state.close()
      const state = openSqliteState(join(folder, 'state.db'), clock)
      opened.push(state)
      return state
    }
    try {
      await run((clock) => ({
        open: async () => portOf(open(clock)),
        purge: async () => portOf(opened[0] ?? open(clock)).purge(),
      }))
      outcomes[name] = ''
    } catch (error) {
      outcomes[name] = String(error)
    }
    for (const state of opened) state.close()
    rmSync(folder, { recursive: true })
  }
  return outcomes
}

const outcomes: Outcomes = {
  ledger: await runSuite(ledgerSuite, ({ ledger }) => ledger),
  sessions: await runSuite(sessionStoreSuite, ({ sessions }) => sessions),
}
process.stdout.write(JSON.stringify(outcomes))
