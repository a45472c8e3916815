import { consoleEvents } from './adapters/console-events.ts'
import { compose, type Env } from './composition.ts'
import { installationEvent } from './installation-event.ts'

export { LedgerObject } from './objects/ledger.ts'
export { SessionStoreObject } from './objects/session-store.ts'

let app: ReturnType<typeof compose> | undefined

export default {
  async fetch(request, env) {
    try {
      app ??= compose(env)
    } catch (error) {
      // An installation that can not work says so to its operator, and nothing to anybody else.
      consoleEvents.emit(installationEvent(error))
      return new Response('Doorward is not set up correctly. Its log says what is missing.\n', {
        status: 500,
      })
    }
    return app.fetch(request)
  },
} satisfies ExportedHandler<Env>
