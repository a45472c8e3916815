import type { ErrorCode, SsoEvent } from '@doorward/core'
import { expect } from 'vitest'
import type { Send } from '../browser.ts'
import { location } from '../suite/driver.ts'
import type { Module, Provider, Refusal, Run } from './module.ts'
import { createPerson } from './person.ts'
import { CONNECTION, urlOf, user } from './registration.ts'

/** A Doorward that runs, with the configuration of one module. */
export interface Installed {
  readonly send: Send
  /** What it has reported, oldest first. */
  readonly events: readonly SsoEvent[]
}

/** Does what a module says, and fails where something else comes of it. */
export async function perform(module: Module, provider: Provider, installed: Installed): Promise<void> {
  const run = createRun(provider, installed)
  await (module.test ?? oneLogin(module))(run)
  for (const [endpoint, times] of Object.entries(module.asked ?? {})) {
    const seen = await provider.seen(endpoint as keyof NonNullable<Module['asked']>)
    expect(seen, `requests to ${endpoint}`).toHaveLength(times)
  }
}

function oneLogin({ refused }: Module): (run: Run) => Promise<void> {
  return async (run) => {
    const person = run.person()
    const answer = await person.logIn()
    if (!refused) return run.expectSignedIn(person, answer)
    await run.expectRefused(person, answer, refused)
    // Nothing is done with what came with an ID Token that is not good.
    if (isAboutIdToken(refused)) expect(await run.provider.seen('userinfo')).toEqual([])
  }
}

function isAboutIdToken({ because }: Refusal): boolean {
  return because.startsWith('id_token_')
}

function createRun(provider: Provider, { send, events }: Installed): Run {
  const run: Run = {
    expect,
    provider,
    person: () => createPerson({ send, expectSignedIn: run.expectSignedIn }),
    url: urlOf,

    bringLogoutToken(token) {
      const body = new URLSearchParams({ logout_token: token })
      return send(new Request(urlOf('backchannel-logout/'), { method: 'POST', body }))
    },

    async expectSignedIn(person, answer) {
      expect([answer.status, run.reasonOf(answer)]).toEqual([303, undefined])
      const { sub: _, ...claims } = user
      expect((await person.session())?.user).toMatchObject({
        ...{ ...claims, picture: null },
        ...{ idp: CONNECTION, protocol: 'oidc' },
      })
    },

    async expectRefused(person, answer, { as, because }) {
      expect([answer.status, run.reasonOf(answer)]).toEqual([303, because])
      expect(location(answer)).toMatch(new RegExp(`^/login\\?error=${as}&`))
      expect(answer.headers.getSetCookie().join()).not.toMatch(/-session=[^;]/)
      expect(await person.session()).toBeUndefined()
    },

    reasonOf(answer): ErrorCode | undefined {
      const requestId = answer.headers.get('x-request-id')
      const event = events.find((one) => one.requestId === requestId && 'code' in one)
      return event && 'code' in event ? event.code : undefined
    },
  }
  return run
}
