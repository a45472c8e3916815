import { createExecutionContext, env } from 'cloudflare:test'
import { expect, it } from 'vitest'
import type { Env } from '../src/composition.ts'
import worker from '../src/index.ts'

const bindings = env as unknown as Env

/** Sends a request to the worker as it is deployed, which was asked nothing before in this file. */
async function ask(changes: Partial<Env> = {}): Promise<Response> {
  const request = new Request<unknown, IncomingRequestCfProperties>(
    'http://localhost:8787/api/auth/oidc/acme/login/',
  )
  return worker.fetch(request, { ...bindings, ...changes }, createExecutionContext())
}

it('answers nobody without a secret, or before it knows which configuration was accepted last, and everybody then', async () => {
  expect((await ask({ DOORWARD_SECRET: 'short' })).status).toBe(500)

  let reachable = false
  const CONFIGURATION = {
    getByName(name: string) {
      if (!reachable) throw new Error('unreachable')
      return bindings.CONFIGURATION.getByName(name)
    },
  } as Env['CONFIGURATION']
  for (let round = 0; round < 2; round++) {
    const refused = await ask({ CONFIGURATION })
    expect(refused.status).toBe(500)
    expect(await refused.text()).toBe('Doorward can not work here at the moment. Its log says why.\n')
  }
  reachable = true
  expect((await ask({ CONFIGURATION })).status).toBe(302)
})
