import { styleText } from 'node:util'
import type { Configuration } from '@doorward/core'
import { callbackUrl } from '@doorward/core/config'
import { shortPath } from 'doorward'
import { DEMO_DOMAIN, demoUsers } from './idp/users.ts'
import type { DevOptions } from './options.ts'

/** What a person needs to know once everything runs. */
export function banner(
  options: DevOptions,
  configuration: Configuration,
  configPath: string,
  seconds: string,
): string {
  const { baseUrl, port } = options
  const lines = ['', `${styleText('bold', 'Doorward')} is running (${seconds} s)`, '']
  lines.push(row('Open', styleText(['cyan', 'underline'], `${baseUrl}/`)))
  // Behind a proxy or a tunnel the two differ.
  if (baseUrl !== `http://localhost:${port}`) lines.push(row('Listens at', `http://127.0.0.1:${port}`))
  lines.push(...(options.configPath === undefined ? demoRows() : providerRows(configuration)))
  lines.push(
    row('Configuration', `${shortPath(configPath)}   ${dim('a saved change is live within a second')}`),
  )
  lines.push(row('Stop', 'Ctrl-C'), '')
  return lines.join('\n  ')
}

function demoRows(): string[] {
  // The others are chosen at the identity provider: their domain leads nowhere from here.
  const typed = demoUsers.filter(({ email }) => email.endsWith(`@${DEMO_DOMAIN}`))
  const width = Math.max(...typed.map(({ email }) => email.length))
  return typed.map(({ email, purpose }, index) =>
    row(index === 0 ? 'Try' : '', `${email.padEnd(width)}   ${dim(purpose)}`),
  )
}

function providerRows({ connections, baseUrl }: Configuration): string[] {
  return connections.flatMap((connection) => [
    row('Provider', `${connection.name}   ${dim(connection.emailDomains.join(', '))}`),
    row('', `${callbackUrl(connection, baseUrl)}   ${dim('redirect URI to register there')}`),
  ])
}

function row(label: string, text: string): string {
  return `${label.padEnd(15)}${text}`
}

function dim(text: string): string {
  return styleText('dim', text)
}
