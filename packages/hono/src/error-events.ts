import { SsoError, type SsoEvent } from '@doorward/core'
import type { AppEnvironment } from './context.ts'
import { publicErrorCodeOf } from './errors.ts'

/** What an exception is to the operator: a refusal, a fault of ours, or a refusal for a fault that lies beneath. */
export function eventsOf(
  error: Error,
  { requestId, connection, isLogout }: AppEnvironment['Variables'],
): readonly SsoEvent[] {
  if (!(error instanceof SsoError)) return [fault(error, requestId)]
  const { code, message, details, cause } = error
  const what = { requestId, ...(connection !== undefined && { connection }), code, message, details }
  const refused: SsoEvent =
    connection === undefined || isLogout
      ? { type: 'request.refused', ...what }
      : { type: 'login.refused', ...what, connection }
  const isOurs = publicErrorCodeOf(error) === 'server_error'
  return isOurs && cause instanceof Error ? [refused, fault(cause, requestId)] : [refused]
}

function fault(error: Error, requestId: string): SsoEvent {
  return { type: 'fault', requestId, error: error.name, at: framesOf(error) }
}

/** Where an exception came from. Not its message: that may quote what was being read, a token for one. */
function framesOf(error: Error): readonly string[] {
  const lines = (error.stack ?? '').split('\n').map((line) => line.trim())
  return lines.filter((line) => line.startsWith('at ')).slice(0, 10)
}
