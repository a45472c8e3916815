import { consoleEvents } from './adapters/console-events.ts'
import { type App, currentApp, type Env } from './composition.ts'
import { installationEvent } from './installation-event.ts'

export { ConfigurationObject } from './objects/configuration.ts'
export { LedgerObject } from './objects/ledger.ts'
export { SessionStoreObject } from './objects/session-store.ts'

let current: ReturnType<typeof currentApp> | undefined

export default {
  async fetch(request, env, context) {
    let app: App
    try {
      current ??= currentApp(env)
      app = await current.find((work) => context.waitUntil(work))
    } catch (error) {
      // An installation that can not work says so to its operator, and nothing to anybody else.
      consoleEvents.emit(installationEvent(error))
      return new Response('Doorward can not work here at the moment. Its log says why.\n', { status: 500 })
    }
    return app.fetch(request)
  },
} satisfies ExportedHandler<Env>
