import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { parseBaseUrl } from '@doorward/core/config'
import { compiledOf } from '@doorward/hono/testing/configured'
import { client } from '@doorward/hono/testing/providers'
import { listen } from '@doorward/testkit/node'
import type { TestProject } from 'vitest/node'
import { unstable_readConfig as readConfig } from 'wrangler'
import { CONNECTION, ORIGIN } from './names.ts'
import { createProvider } from './provider.ts'

const app = join(import.meta.dirname, '../..')
const wrangler = join(app, 'node_modules/wrangler/bin/wrangler.js')

/** Serves the identity provider, and bundles the worker as a deploy does, with a configuration that names it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'doorward-worker-'))
  const listener = await listen(createProvider)
  const end = async () => {
    await listener.close()
    await rm(folder, { recursive: true })
  }
  try {
    const { compatibility_date } = readConfig({ config: join(app, 'wrangler.jsonc') }, { hideWarnings: true })
    if (compatibility_date === undefined) throw new Error('wrangler.jsonc has no compatibility date')
    await writeFile(join(folder, 'configuration.json'), JSON.stringify(configurationWith(listener.url)))
    project.provide('workerScript', await bundle(folder, compatibility_date))
    project.provide('workerCompatibilityDate', compatibility_date)
    project.provide('issuer', listener.url)
  } catch (error) {
    await end()
    throw error
  }
  return end
}

function configurationWith(issuer: string): unknown {
  const origin = parseBaseUrl(ORIGIN)
  if ('problem' in origin) throw new Error(origin.problem)
  const provider = {
    id: CONNECTION,
    name: CONNECTION,
    protocol: 'OIDC',
    server_url: issuer,
    email_domain: 'acme.example',
    client_id: client.client_id,
    client_secret: client.client_secret,
  }
  const input = { rate_limits: { enabled: false }, sso: { enabled: true, identity_providers: [provider] } }
  return compiledOf(input, origin.baseUrl)
}

/** @returns the path of the bundle of entry.ts */
async function bundle(folder: string, compatibility_date: string): Promise<string> {
  const settings = {
    name: 'doorward-isolates',
    main: join(import.meta.dirname, 'entry.ts'),
    compatibility_date,
    alias: { '#configuration': join(folder, 'configuration.json') },
    send_metrics: false,
  }
  const config = join(folder, 'wrangler.json')
  await writeFile(config, JSON.stringify(settings))
  await promisify(execFile)(
    process.execPath,
    [wrangler, 'deploy', '--dry-run', '--config', config, '--outdir', join(folder, 'bundle')],
    { cwd: app, env: { ...process.env, CLOUDFLARE_CF_FETCH_ENABLED: 'false' }, timeout: 60_000 },
  )
  return join(folder, 'bundle/entry.js')
}
