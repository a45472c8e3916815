import type { Configuration, LoginServices, OidcConnection } from '@doorward/core'
import { type Context, Hono } from 'hono'
import type { AppEnvironment } from '../context.ts'
import { readSessionCookie } from '../cookies.ts'
import { navigationOnly } from '../middleware/navigation-only.ts'
import { ASK, SIGNED_OUT } from '../signed-out.ts'
import type { LoginEnds } from './login.ts'
import { answerNavigation, answerPost } from './oidc.ts'

/** W&B's redirect URI. Whoever has that registered has its address for signing out too. */
const WANDB_CALLBACK = '/oidc/callback'

/**
 * Addresses of other products that are registered at a provider already: each belongs to the one connection that names it as
 * its `callback_path`, and is not there otherwise.
 */
export function aliasRoutes(configuration: Configuration, ends: LoginEnds): Hono<AppEnvironment> {
  const app = new Hono<AppEnvironment>({ strict: false })
  const paths = configuration.connections.flatMap(({ summary }) => summary.callbackPath ?? [])
  for (const { summary } of configuration.connections) {
    const { id, callbackPath } = summary
    if (callbackPath === undefined) continue
    const connection = (c: Context<AppEnvironment>) => named(c, id, ends.services)
    app.get(callbackPath, (c) => answerNavigation(c, connection(c), ends))
    app.post(callbackPath, navigationOnly, (c) => answerPost(c, connection(c), ends))
  }
  if (paths.includes(WANDB_CALLBACK)) {
    // Where a provider sends people back to, signed out, and where a link of that product leads. It asks: a login can be
    // made to end here, and the browser calls that a way from our own page where an answer was posted once more.
    app.get('/logout', (c) => c.redirect(readSessionCookie(c) === undefined ? SIGNED_OUT : ASK, 303))
  }
  return app
}

/** @throws SsoError `connection_not_found` when it is off */
function named(c: Context<AppEnvironment>, id: string, { selector }: LoginServices): OidcConnection {
  const connection = selector.byId('oidc', id)
  c.set('connection', id)
  return connection
}
