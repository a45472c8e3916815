import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readForm } from '../idp/form.ts'
import { interactionPage } from '../idp/interaction-page.ts'
import { samlUsers } from '../idp/users.ts'
import { createMessages, type DemoServiceProvider, type Messages, type Received } from './messages.ts'

export type { DemoServiceProvider } from './messages.ts'

/** A demo identity provider that listens. */
export interface DemoSamlProvider {
  /** Where its metadata is, too. */
  readonly entityId: string
  readonly server: Server
}

/** How many sign-ins may be under way; the oldest is forgotten. */
const MAX_PENDING = 100

/**
 * Starts a SAML identity provider on a free port of 127.0.0.1. All that it says is made by npm's \@boxyhq/saml20, an
 * implementation that is not ours. It keeps no sessions: it asks at every sign-in who somebody is.
 */
export async function startDemoSamlProvider(serviceProvider: DemoServiceProvider): Promise<DemoSamlProvider> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const messages = await createMessages(origin, serviceProvider)
  const pending = new Map<string, Received>()
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    answer(request, { messages, pending })
      .then(({ type = 'text/html; charset=utf-8', body }) => {
        response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(body)
      })
      .catch((error: Error) => {
        response
          .writeHead(400, { 'content-type': 'text/plain' })
          .end(`This can not go on: ${error.message}\n`)
      })
  })
  return { entityId: messages.entityId, server }
}

interface State {
  readonly messages: Messages
  /** The requests of sign-ins that are under way, by what the page posts. */
  readonly pending: Map<string, Received>
}

interface Answer {
  /** HTML if nothing is said. */
  readonly type?: string
  readonly body: string
}

/** @throws Error when there is nothing to answer, in words for a person */
async function answer(request: IncomingMessage, { messages, pending }: State): Promise<Answer> {
  const { pathname, searchParams } = new URL(request.url ?? '', messages.entityId)
  const form = request.method === 'POST' ? await readForm(request) : undefined
  switch (pathname) {
    case '/metadata':
      return { type: 'application/samlmetadata+xml', body: messages.metadata }
    case '/sign-in':
      return { body: ask(await messages.receive(form ?? searchParams, form !== undefined), pending) }
    case '/interaction': {
      const id = searchParams.get('id') ?? ''
      const received = pending.get(id)
      const user = samlUsers.find(({ sub }) => sub === form?.get('account'))
      if (!received || !user) throw new Error('nobody was asked that')
      pending.delete(id)
      return { body: await messages.signIn(received, user) }
    }
    case '/sign-out':
      return { body: await messages.signOut(form ?? searchParams, form !== undefined) }
    default:
      throw new Error('there is nothing at this address')
  }
}

function ask(received: Received, pending: Map<string, Received>): string {
  const id = randomBytes(16).toString('base64url')
  pending.set(id, received)
  const [oldest] = pending.keys()
  if (pending.size > MAX_PENDING && oldest !== undefined) pending.delete(oldest)
  return interactionPage({
    title: 'Demo SAML identity provider',
    action: `/interaction?id=${id}`,
    users: samlUsers,
    canCancel: false,
  })
}
