import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OpenIdProvider, Personality, PersonalityName } from '@doorward/testkit'
import {
  type Handler,
  type Listener,
  listen,
  type StartOptions,
  startOpenIdProvider,
} from '@doorward/testkit/node'
import type { Finding } from '../src/doctor/finding.ts'
import { main } from '../src/main.ts'

/** Must never be seen anywhere. */
export const MARKER = 'marker-4711-do-not-show'

export const BASE = ['--base-url', 'http://localhost:8787']

/** What a test starts, to be ended together. */
export function createBench() {
  const folder = mkdtempSync(join(tmpdir(), 'doorward-doctor-'))
  const listeners: Listener[] = []
  return {
    async provider(options: Partial<StartOptions> = {}): Promise<OpenIdProvider & Listener> {
      const clients = [{ client_id: 'doorward', client_secret: MARKER, redirect_uris: 'any' as const }]
      const provider = await startOpenIdProvider({ clients, ...options })
      listeners.push(provider)
      return provider
    },
    async serve(handler: Handler): Promise<string> {
      const listener = await listen(() => handler)
      listeners.push(listener)
      return listener.url
    },
    write(text: string, name = 'auth_config.yml'): string {
      const path = join(folder, name)
      writeFileSync(path, text)
      return path
    },
    async end() {
      await Promise.all(listeners.map((listener) => listener.close()))
      rmSync(folder, { recursive: true })
    },
  }
}

/** A provider that is good but for some hooks. */
export function spoilt(hooks: Personality['hooks']): Personality {
  return { name: 'good' satisfies PersonalityName, wrong: '', specification: '', login: 'may-succeed', hooks }
}

/** Each entry as the lines of its keys. */
export function configuration(...entries: readonly (readonly string[])[]): string {
  const written = entries.map((lines) => `    - ${lines.join('\n      ')}\n`)
  return `sso:\n  enabled: true\n  identity_providers:\n${written.join('')}`
}

export function oidcEntry(serverUrl: string, ...more: readonly string[]): readonly string[] {
  return [
    'id: acme',
    'protocol: OIDC',
    'name: Acme',
    `server_url: ${serverUrl}`,
    'client_id: doorward',
    `client_secret: ${MARKER}`,
    'email_domain: acme.example',
    ...more,
  ]
}

/** Runs the command here, and keeps what it says. */
export async function doctor(...args: readonly string[]) {
  const out: string[] = []
  const err: string[] = []
  const output = {
    log: (text: string) => out.push(text),
    error: (text: string) => err.push(text),
    colours: false,
  }
  const code = await main(['doctor', ...args], output)
  return { code, stdout: out.join('\n'), stderr: err.join('\n') }
}

/** What `--json` says. */
interface Told {
  readonly valid: boolean
  readonly findings: readonly Finding[]
  readonly connections: readonly {
    readonly id: string
    readonly findings: readonly Finding[]
    readonly registrations: readonly object[]
  }[]
  readonly not_tested: readonly string[]
  readonly summary: { readonly ok: number; readonly warnings: number; readonly errors: number }
}

/** Runs the command for programs. */
export async function examined(path: string, ...more: readonly string[]) {
  const { code, stdout, stderr } = await doctor(path, ...BASE, '--json', ...more)
  const told = JSON.parse(stdout) as Told
  const findings = told.connections[0]?.findings ?? []
  const of = (check: string) => findings.filter((finding) => finding.check === check)
  return { code, told, findings, of, stdout, stderr }
}
