import { callbackUrl, type EventSink, type LoginServices } from '@doorward/core'
import { Hono } from 'hono'
import type { AppEnvironment } from '../context.ts'
import { navigationOnly } from '../middleware/navigation-only.ts'
import { returnFromSocial } from '../social-logout.ts'
import { answerBegin, answerComplete, type LoginEnds } from './login.ts'
import { onlyState } from './oidc.ts'

/** As CVAT's documentation prints Google in the address that is to be registered there. */
const MISPRINT = 'goolge'

/** `/api/auth/social/ID/`: the two ends of a login by a social account, and where a sign-out there comes back. */
export function socialRoutes(services: LoginServices, events: EventSink): Hono<AppEnvironment> {
  const { baseUrl, selector } = services
  const ends: LoginEnds = { services, events }
  const find = (id: string) => selector.byId('social', id === MISPRINT ? 'google' : id)
  // Google takes back only an address that is registered to the letter: who begins at the misprinted one has that one.
  const answerUrl = callbackUrl({ protocol: 'social', id: MISPRINT, callbackPath: undefined }, baseUrl)
  return new Hono<AppEnvironment>({ strict: false })
    .get('/:id/login', navigationOnly, (c) => {
      const id = c.req.param('id')
      return answerBegin(c, find(id), id === MISPRINT ? { ...ends, answerUrl } : ends)
    })
    .get('/:id/login/callback', (c) => {
      const connection = find(c.req.param('id'))
      c.set('connection', connection.id)
      const unverifiedAnswer = new URL(c.req.url).searchParams
      const transactionId = onlyState(unverifiedAnswer)
      return answerComplete(c, { connection, transactionId, unverifiedAnswer }, ends)
    })
    .get('/:id/post-logout', (c) => returnFromSocial(c, c.req.param('id')))
}
