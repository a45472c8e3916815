import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { ledgerSuite, sessionStoreSuite } from '@doorward/core/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { hosts, program } from './hosts.ts'
import type { Outcomes } from './suites.ts'

describe.each(Object.entries(hosts))('node:sqlite on %s', (_, [command, ...args]) => {
  let outcomes: Outcomes

  beforeAll(async () => {
    const { stdout } = await promisify(execFile)(command, [...args, program('suites.ts')], {
      timeout: 50_000,
    })
    outcomes = JSON.parse(stdout) as Outcomes
  }, 60_000)

  it.each(ledgerSuite)('as a ledger $name', ({ name }) => expect(outcomes.ledger[name]).toBe(''))
  it.each(sessionStoreSuite)('as a session store $name', ({ name }) =>
    expect(outcomes.sessions[name]).toBe(''),
  )
})
