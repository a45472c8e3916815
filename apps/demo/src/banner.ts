import { styleText } from 'node:util'
import { type BaseUrl, type CompiledConfiguration, registrationsOf } from '@doorward/core/config'
import { type Source, shortPath } from 'doorward'
import { DEMO_DOMAIN, demoUsers, samlUsers } from './idp/users.ts'
import type { DevOptions } from './options.ts'

/** How it was started. */
interface Started {
  /** Where the configuration is from. */
  readonly source: Source
  /** How long it took. */
  readonly seconds: string
}

/** What a person needs to know once everything runs. */
export function banner(
  options: DevOptions,
  configuration: CompiledConfiguration,
  { source, seconds }: Started,
): string {
  const { baseUrl, port } = options
  const lines = ['', `${styleText('bold', 'Doorward')} is running (${seconds} s)`, '']
  lines.push(row('Open', styleText(['cyan', 'underline'], `${baseUrl}/`)))
  // Behind a proxy or a tunnel the two differ.
  if (baseUrl !== `http://localhost:${port}`) lines.push(row('Listens at', `http://127.0.0.1:${port}`))
  lines.push(...(options.source === undefined ? demoRows() : providerRows(configuration, baseUrl)))
  lines.push(row('Configuration', describeSource(source)))
  lines.push(row('Stop', 'Ctrl-C'), '')
  return lines.join('\n  ')
}

function describeSource(source: Source): string {
  return source.kind === 'file'
    ? `${shortPath(source.path)}   ${dim('a saved change is live within a second')}`
    : 'the environment'
}

function demoRows(): string[] {
  // The others are chosen at the identity provider: their domain leads nowhere from here.
  const typed = [...demoUsers.filter(({ email }) => email.endsWith(`@${DEMO_DOMAIN}`)), ...samlUsers]
  const width = Math.max(...typed.map(({ email }) => email.length))
  return typed.map(({ email, purpose }, index) =>
    row(index === 0 ? 'Try' : '', `${email.padEnd(width)}   ${dim(purpose)}`),
  )
}

function providerRows({ connections }: CompiledConfiguration, baseUrl: BaseUrl): string[] {
  return connections.flatMap((connection) => [
    row('Provider', `${connection.id}   ${dim(connection.reach.domains.join(', '))}`),
    ...registrationsOf(connection, baseUrl)
      .filter(({ isRequired }) => isRequired)
      .map(({ what, url }) => row('', `${url}   ${dim(`${what} to register there`)}`)),
  ])
}

function row(label: string, text: string): string {
  return `${label.padEnd(15)}${text}`
}

function dim(text: string): string {
  return styleText('dim', text)
}
