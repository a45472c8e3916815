import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { parseBaseUrl } from '@doorward/core/config'
import { compiledOf } from '@doorward/hono/testing/configured'
import { OPERATOR_TOKEN, suiteConfiguration } from '@doorward/hono/testing/providers'
import { defineConfig } from 'vitest/config'

/** A port that is free now; the providers are served there once the tests start (test/serve-providers.ts). */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}

const port = await freePort()
const origin = parseBaseUrl('http://localhost:8787')
if ('problem' in origin) throw new Error(origin.problem)
const input = suiteConfiguration(`http://127.0.0.1:${port}`, 'http://127.0.0.1:9')

// The worker has its configuration bundled, so the tests' one is a file as well.
const compiledPath = join(import.meta.dirname, '.generated/test/configuration.json')
mkdirSync(join(import.meta.dirname, '.generated/test'), { recursive: true })
writeFileSync(compiledPath, JSON.stringify(compiledOf(input, origin.baseUrl)))

// Reaches the worker as its secret does in `wrangler dev`.
process.env['DOORWARD_SECRET'] = 'a-secret-for-tests-and-for-nothing-else'

export default defineConfig({
  plugins: [
    cloudflareTest({
      wrangler: { configPath: './wrangler.jsonc' },
      miniflare: { bindings: { DOORWARD_OPERATOR_TOKEN: OPERATOR_TOKEN } },
    }),
  ],
  resolve: { alias: { '#configuration': compiledPath } },
  test: {
    name: 'worker',
    include: ['test/*.test.ts'],
    globalSetup: ['test/serve-providers.ts', 'test/serve-conformance.ts'],
    provide: { providersPort: port },
    maxConcurrency: 40,
    silent: 'passed-only',
  },
})
