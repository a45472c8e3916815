import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import process, { env } from 'node:process'
import {
  createMemoryDocumentCache,
  createMemoryLimiter,
  loadConfiguration,
  Secret,
  systemClock,
} from '@doorward/core'
import { parseBaseUrl } from '@doorward/core/config'
import { readConfiguration } from '@doorward/core/config/yaml'
import { createServiceProvider } from '@doorward/core/saml'
import { doorward } from '@doorward/hono'
import { openSqliteState } from '@doorward/sqlite/node'
import { clientAddress } from './http.ts'

const parsed = parseBaseUrl(env['DOORWARD_BASE_URL'] ?? 'http://localhost:8787')
if ('problem' in parsed) throw new Error(`DOORWARD_BASE_URL: ${parsed.problem}`)
/** Where people reach the app: scheme and host, as it stands in what is registered at the providers. */
export const { baseUrl } = parsed

const path = env['AUTH_CONFIG_PATH'] ?? 'auth_config.yml'
// What `${NAME}` stands for in the file. Doorward's own secrets are nobody else's.
const environment = (name: string) => (name.startsWith('DOORWARD_') ? undefined : env[name])

const { compiled, problems } = readConfiguration(readFileSync(path, 'utf8'), {
  baseUrl,
  environment,
  secretsLater: false,
  now: systemClock(),
  readFile(name) {
    try {
      return { text: readFileSync(resolve(dirname(path), name), 'utf8') }
    } catch {
      return { problem: 'the file can not be read' }
    }
  },
})
for (const { severity, line, column, message, fix } of problems) {
  console.error(`${path}:${line}:${column} ${severity}: ${message}${fix ? `\n  fix: ${fix}` : ''}`)
}
if (!compiled) process.exit(1)

/** What the file says. */
export const configuration = loadConfiguration(compiled, environment)

// Who is signed in, and which logins were used, in a file that outlives the process.
const { ledger, sessions } = openSqliteState(env['DOORWARD_STATE'] ?? 'doorward.db')

/** Doorward: answers what is below `/api/auth/`. */
export const sso = doorward({
  configuration,
  // "doorward keygen secret" makes one. To replace it, name the old one behind the new one for a while.
  secrets: [new Secret(env['DOORWARD_SECRET'] ?? '')],
  ledger,
  sessions,
  documents: createMemoryDocumentCache(systemClock),
  // How many calls an address has in a minute.
  limiter: createMemoryLimiter(300, systemClock),
  clientAddress,
  events: { emit: (event) => console.log(JSON.stringify(event)) },
  fetch: (url, init) => fetch(url, init),
  clock: systemClock,
  // Without this there is no login by SAML, and none of its code.
  saml: (services) =>
    createServiceProvider({
      ...services,
      baseUrl,
      description: configuration.serviceProvider,
      keys: undefined,
    }),
})
