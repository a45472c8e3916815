import { writeSync } from 'node:fs'
import process from 'node:process'
import { openSqliteState } from '../src/node.ts'

/**
 * A program that claims the keys 0 to COUNT in the ledger of FILE, each at the time that others do, and prints the
 * ones it won, a line each, at once: it may be killed at any moment.
 *
 * Usage: contender.ts FILE COUNT
 */
const [file = '', count = '0'] = process.argv.slice(2)
const { ledger, close } = openSqliteState(file)
const expiresAt = Date.now() + 60_000
for (let key = 0; key < Number(count); key++) {
  if (await ledger.claim('contest', [String(key), `also ${key}`], expiresAt)) writeSync(1, `${key}\n`)
}
close()
