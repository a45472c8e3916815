import { join } from 'node:path'
import { type Server, startServer } from '../setup/server.ts'
import type { Client } from './issuer.ts'
import { scenarios } from './scenarios.ts'

interface Options extends Client {
  readonly port: number
  /** Takes all that it prints. */
  readonly logPath: string
}

/** Starts npm's oidc-provider. */
export function startOidcProvider({ port, logPath, ...client }: Options): Promise<Server> {
  return startServer({
    name: 'oidc-provider',
    program: process.execPath,
    args: [join(import.meta.dirname, 'serve.ts')],
    env: { INTEROP_SETTINGS: JSON.stringify({ port, ...client }) },
    logPath,
    probe: `http://127.0.0.1:${port}/${scenarios[0]?.id}/.well-known/openid-configuration`,
    limit: 20_000,
  })
}
