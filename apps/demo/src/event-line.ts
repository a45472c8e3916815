import { styleText } from 'node:util'
import type { ErrorDetails, SsoEvent } from '@doorward/core'

/**
 * Makes of a line that the worker printed one that is good to read in a terminal.
 *
 * @returns undefined for lines that tell a person nothing
 */
export function eventLine(line: string): string | undefined {
  const event = parseEvent(line)
  if (event) return describe(event)
  // The build tool's own chatter stays out; what it calls an error does not.
  return /\b(error|✘)\b/i.test(line) ? line : undefined
}

function parseEvent(line: string): SsoEvent | undefined {
  const start = line.indexOf('{"type":')
  if (start < 0) return undefined
  try {
    return JSON.parse(line.slice(start)) as SsoEvent
  } catch {
    return undefined
  }
}

/** What goes on all the same. */
const kept: Readonly<Partial<Record<SsoEvent['type'], string>>> = {
  'metadata.kept': 'no new metadata, the old is used',
  'tokens.kept': 'a token was not taken back',
}

const endedBy = {
  person: 'signed out',
  login: 'signed in anew',
  operator: 'sessions ended by an operator',
  provider: 'sessions ended by the identity provider',
} as const satisfies Record<Extract<SsoEvent, { type: 'sessions.ended' }>['by'], string>

function describe(event: SsoEvent): string {
  const time = styleText('dim', new Date().toTimeString().slice(0, 8))
  const request = styleText('dim', `request ${event.requestId}`)
  switch (event.type) {
    case 'login.begun':
      return `${time}  ${event.connection}: login begun  ${request}`
    case 'login.completed':
      return `${time}  ${styleText('green', `${event.connection}: signed in`)}${spoken(event.details)}  ${request}`
    case 'sessions.ended':
      return `${time}  ${event.connection ?? 'a user'}: ${endedBy[event.by]} (${event.count})  ${request}`
    case 'operator.refused':
      return `${time}  ${styleText('yellow', "refused: not the operator's token")}  ${request}`
    case 'configuration.accepted':
      return `${time}  ${styleText('green', 'pushed configuration in use')}  ${request}`
    case 'login.refused':
    case 'configuration.refused':
    case 'metadata.kept':
    case 'tokens.kept':
    case 'request.refused': {
      const where =
        'connection' in event
          ? `${event.connection}: `
          : event.type === 'configuration.refused'
            ? 'pushed configuration: '
            : ''
      const reason = `${plain(`${event.message} (${event.code})`)}${spoken(event.details)}`
      const what = kept[event.type] ?? 'refused'
      return `${time}  ${styleText('yellow', `${where}${what}`)}: ${reason}  ${request}`
    }
    case 'fault':
      return `${time}  ${styleText('red', `fault of ours: ${event.error}`)} ${event.at[0] ?? ''}  ${request}`
  }
}

/** To follow what happened; nothing for none. */
function spoken(details: ErrorDetails = {}): string {
  return Object.entries(details)
    .map(([name, value]) => plain(`, ${name}=${value}`))
    .join('')
}

function plain(text: string): string {
  return text.replace(/\p{Cc}/gu, '')
}
