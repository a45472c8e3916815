import { describe, expect, it } from 'vitest'
import { groupOf } from '../../test/groups.ts'
import { createInstallation, createSession } from '../../test/installation.ts'
import { refusalOf } from '../../test/scenario.ts'
import { failing, unreachable } from '../../test/stores.ts'
import { beginningWith } from '../testing/people.ts'
import { SESSION_FRESHNESS } from './sessions.ts'

describe('a session store that can not be reached', () => {
  it('lets what is in memory go on until it is too old', async () => {
    const installation = await createSession()
    const { clock, token, record } = installation
    const flaky = { ...installation.store }
    const sessions = installation.isolate({ store: flaky })
    await sessions.find(token)
    Object.assign(flaky, failing)
    clock.advance(SESSION_FRESHNESS - 1)
    expect((await sessions.find(token))?.record).toEqual(record)
    clock.advance(1)
    expect(await refusalOf(sessions.find(token))).toBe('session_store_unavailable')
    Object.assign(flaky, installation.store)
    expect((await sessions.find(token))?.record.id).toBe(record.id)
  })

  it('says so wherever it had to be asked, and nobody is reported ended who may be alive', async () => {
    const { isolate, clock, token, record } = await createSession()
    const sessions = isolate({ store: failing })
    const group = groupOf(record, 'user')
    const { id, userId } = record
    const attempts = [
      () => sessions.begin(beginningWith(clock.now())),
      () => sessions.find(token),
      () => sessions.find(token, { fresh: true }),
      () => sessions.find(token, { renew: true }),
      () => sessions.end(token),
      () => sessions.endOne({ id, userId }),
      () => sessions.endAll(group),
      () => sessions.list(group),
    ]
    for (const attempt of attempts) expect(await refusalOf(attempt())).toBe('session_store_unavailable')
    expect((await isolate().find(token))?.record).toEqual(record)
  })

  it('keeps what it failed with as the cause', async () => {
    const { isolate, token } = await createSession()
    await expect(isolate({ store: failing }).find(token)).rejects.toMatchObject({
      cause: new Error('unreachable'),
    })
  })

  it('ends nothing in the memory either', async () => {
    const installation = await createSession()
    const { token, record } = installation
    const sessions = installation.isolate({
      store: { ...installation.store, end: unreachable, endAll: unreachable },
    })
    await sessions.find(token)
    expect(await refusalOf(sessions.end(token))).toBe('session_store_unavailable')
    expect(await refusalOf(sessions.endAll(groupOf(record, 'user')))).toBe('session_store_unavailable')
    expect((await sessions.find(token))?.record).toEqual(record)
    expect((await sessions.find(token, { fresh: true }))?.record).toEqual(record)
  })

  it('gives nothing to who asks for an answer that is true this moment, although it is in memory', async () => {
    const installation = await createSession()
    const flaky = { ...installation.store }
    const sessions = installation.isolate({ store: flaky })
    await sessions.find(installation.token)
    Object.assign(flaky, failing)
    expect(await refusalOf(sessions.find(installation.token, { fresh: true }))).toBe(
      'session_store_unavailable',
    )
    expect(await sessions.find(installation.token)).toBeDefined()
  })

  it('lets what is in memory go on although it is time to renew the token', async () => {
    const installation = await createSession()
    const flaky = { ...installation.store }
    const sessions = installation.isolate({ store: flaky })
    installation.clock.advance(SESSION_FRESHNESS)
    await sessions.find(installation.token)
    Object.assign(flaky, failing)
    expect(await sessions.find(installation.token, { renew: true })).toBeDefined()
  })

  it('does not make what is in memory count longer, however late it fails', async () => {
    const installation = await createSession()
    const { clock, token } = installation
    const flaky = { ...installation.store }
    const sessions = installation.isolate({ store: flaky })
    clock.advance(SESSION_FRESHNESS)
    await sessions.find(token)
    flaky.touch = () => {
      clock.advance(SESSION_FRESHNESS)
      return unreachable()
    }
    expect(await refusalOf(sessions.find(token, { renew: true }))).toBe('session_store_unavailable')
  })

  it('does not bring back what was ended here while a renewal was failing', async () => {
    const installation = await createSession()
    const { clock, token } = installation
    const flaky = { ...installation.store }
    const sessions = installation.isolate({ store: flaky })
    clock.advance(SESSION_FRESHNESS)
    await sessions.find(token)
    flaky.touch = async () => {
      await sessions.end(token)
      return unreachable()
    }
    expect(await refusalOf(sessions.find(token, { renew: true }))).toBe('session_store_unavailable')
  })

  it('is noticed when it throws instead of rejecting', async () => {
    const { isolate, token } = await createSession()
    const touch = () => {
      throw new Error('unreachable')
    }
    const sessions = isolate({ store: { ...failing, touch } })
    expect(await refusalOf(sessions.find(token))).toBe('session_store_unavailable')
  })

  it('leaves no session to a login that it refused', async () => {
    const { isolate, clock, store } = createInstallation()
    const sessions = isolate({ store: { ...store, save: unreachable } })
    expect(await refusalOf(sessions.begin(beginningWith(clock.now())))).toBe('session_store_unavailable')
    expect(await store.list({ by: 'connection', connection: 'acme' })).toEqual([])
  })
})
