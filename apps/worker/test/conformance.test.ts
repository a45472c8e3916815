import { env } from 'cloudflare:test'
import type { SsoEvent } from '@doorward/core'
import { parseBaseUrl } from '@doorward/core/config'
import { compiledOf } from '@doorward/hono/testing/configured'
import { type ConformanceHost, conformanceSuite, ORIGIN } from '@doorward/hono/testing/conformance'
import { describe, inject, vi } from 'vitest'
import { compose, type Env } from '../src/composition.ts'

const events: SsoEvent[] = []
// Where the worker's events go, a line for each.
vi.spyOn(console, 'log').mockImplementation((line) => {
  if (String(line).startsWith('{')) events.push(JSON.parse(String(line)) as SsoEvent)
})

describe('conformance, in workerd', () => {
  conformanceSuite(() => ({ stage: inject('conformanceStage'), install }))
})

const install: ConformanceHost['install'] = (configuration) => {
  const parsed = parseBaseUrl(ORIGIN)
  if ('problem' in parsed) throw new Error(parsed.problem)
  const app = compose(env as unknown as Env, compiledOf(configuration, parsed.baseUrl))
  return { send: async (request) => app.fetch(request), events }
}
