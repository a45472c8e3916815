import type { CompiledConfiguration } from '@doorward/core'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createIsolates, type Isolates, ordinary } from './isolates.ts'
import { CONNECTION, NAMES, type Name, ORIGIN } from './names.ts'
import { createPerson, type Person } from './person.ts'

let isolates: Isolates
/** It is older than all that is pushed here. */
let deployed: CompiledConfiguration

beforeEach(async () => {
  isolates = createIsolates({ a: ordinary, b: ordinary, c: ordinary })
  await isolates.start()
  deployed = (await isolates.of('a').probe('deployed', {})) as CompiledConfiguration
})
afterEach(() => isolates.end())

/** A second configuration, in which the identity provider is no more. */
const WITHOUT_PROVIDER = { version: 2, connections: [] }

/** Seals the deployed configuration after some changes. */
async function seal(changes: Partial<CompiledConfiguration>): Promise<string> {
  return (await isolates.of('a').probe('seal', { compiled: { ...deployed, ...changes } })) ?? ''
}

async function write(pushed?: string): Promise<void> {
  await isolates.of('a').probe('write', pushed === undefined ? {} : { pushed })
}

/** Whether a login can be begun there. */
async function letsIn(name: Name): Promise<boolean> {
  const login = new Request(`${ORIGIN}/api/auth/oidc/${CONNECTION}/login/`)
  const { status } = await isolates.of(name).send(login)
  if (status !== 302 && status !== 404) throw new Error(`status ${status}`)
  return status === 302
}

it('is the newest accepted one wherever an isolate starts later, whatever KV says by then', async () => {
  const older = await seal({ version: 1 })
  await write(older)
  expect(await letsIn('a')).toBe(true)
  const newer = await seal(WITHOUT_PROVIDER)
  await write(newer)
  expect(await letsIn('b')).toBe(false)
  await write(older)
  expect(await letsIn('c')).toBe(false)
  for (const unverified of [older, undefined, 'nonsense', newer.slice(0, 100)]) {
    await write(unverified)
    await isolates.kill()
    await isolates.start()
    for (const name of NAMES) expect(await letsIn(name)).toBe(false)
  }
})

it('is the deployed one while nothing pushed is good, and logins go on', async () => {
  const genuine = await seal(WITHOUT_PROVIDER)
  const elsewhere = await seal({ ...WITHOUT_PROVIDER, base_url: 'https://elsewhere.example' })
  for (const [index, unverified] of ['nonsense', genuine.slice(0, 100), elsewhere].entries()) {
    await write(unverified)
    const isolate = isolates.of(NAMES[index] ?? 'a')
    expect(await createPerson().logIn(isolate, { sub: 'ann', sid: 'session-1' })).toBe('signed in')
  }
})

it('changes in the middle of logins, and fails those alone whose own connection changed', async () => {
  const [early, late] = [createPerson(), createPerson()]
  const begin = (person: Person) => person.begin(isolates.of('a'), { sub: 'ann', sid: 'session-1' })
  const [earlyCallback, lateCallback] = [await begin(early), await begin(late)]

  await write(await seal({ version: 1, selection_mode: 'lowest_weight' }))
  expect(await early.complete(isolates.of('b'), earlyCallback)).toBe('signed in')

  const connections = deployed.connections.map(({ settings, ...rest }) => ({
    ...rest,
    settings: JSON.stringify({ ...JSON.parse(settings), name: 'Another name' }),
  }))
  await write(await seal({ version: 2, connections }))
  expect(await late.complete(isolates.of('c'), lateCallback)).toBe('login_expired')
  expect(await early.session(isolates.of('c'))).toBe(200)
})

it('refuses the sessions of a connection that it does not have any more', async () => {
  const person = createPerson()
  expect(await person.logIn(isolates.of('a'), { sub: 'ann', sid: 'session-1' })).toBe('signed in')
  await write(await seal(WITHOUT_PROVIDER))
  expect(await person.session(isolates.of('b'))).toBe(401)
})

it('starts once for all requests that come at the same time, with thousands of connections', async () => {
  const [connection] = deployed.connections
  if (!connection) throw new Error('the tests need a connection')
  const connections = Array.from({ length: 3000 }, (_, index) => ({ ...connection, id: `added-${index}` }))
  await write(await seal({ version: 2, connections }))
  const begin = () => {
    const login = new Request(`${ORIGIN}/api/auth/oidc/added-2999/login/`)
    return isolates.of('b').send(login)
  }
  const answers = await Promise.all(Array.from({ length: 100 }, begin))
  expect(answers.map(({ status }) => status)).toEqual(Array(100).fill(302))
  expect(await letsIn('b')).toBe(false)
})
