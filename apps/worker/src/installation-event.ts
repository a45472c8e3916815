import { randomReference, SsoError, type SsoEvent } from '@doorward/core'

/** What an installation that is not set up correctly says to its operator: what `error` says, or that there was one. */
export function installationEvent(error: unknown): SsoEvent {
  const requestId = randomReference()
  if (!(error instanceof SsoError)) {
    return { type: 'fault', requestId, error: error instanceof Error ? error.name : typeof error, at: [] }
  }
  const { code, message, details } = error
  return { type: 'request.refused', requestId, code, message, details }
}
