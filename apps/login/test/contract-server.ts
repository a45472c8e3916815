import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { LoginMethods, PublicErrorCode, SelectionMode, SessionAnswer } from '@doorward/hono/contract'

interface Received {
  readonly method: string
  readonly path: string
  readonly contentType: string | undefined
  readonly body: string
}

type Respond = (response: ServerResponse) => void

/** A server that answers each path of the contract as a test says, over real HTTP, and notes what it received. */
export async function startContractServer(answers: Record<string, Respond>) {
  const received: Received[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const path = request.url ?? ''
    received.push({ method: request.method ?? '', path, contentType: request.headers['content-type'], body })
    const respond = answers[`${request.method} ${path}`] ?? problem(404, 'not_found')
    respond(response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answers,
    received,
    stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}

export function json(body: unknown, status = 200, contentType = 'application/json'): Respond {
  return (response) => response.writeHead(status, { 'content-type': contentType }).end(JSON.stringify(body))
}

export function page(status: number): Respond {
  return (response) => response.writeHead(status, { 'content-type': 'text/html' }).end('<!doctype html>')
}

export function problem(status: number, code: PublicErrorCode | 'not_signed_in' | 'not_found'): Respond {
  const body = { type: 'about:blank', title: code, status, detail: code, code, request_id: requestId }
  return json(body, status, 'application/problem+json')
}

export const requestId = '7f3a9c2e-41d8'

/** @param accounts whether there are social accounts: two, of which one has a picture */
export function methods(selection_schema: SelectionMode, is_enabled = true, accounts = false): LoginMethods {
  const social = { is_enabled: false, icon: null, public_name: 'Other' }
  return {
    google: { ...social, is_enabled: accounts, public_name: 'Google', icon: '<svg id="#"/>' },
    github: social,
    'amazon-cognito': { ...social, is_enabled: accounts, public_name: 'Amazon Cognito' },
    sso: { is_enabled, icon: null, public_name: 'SSO', selection_schema },
  }
}

export const session: SessionAnswer = {
  user: {
    id: 'u1',
    idp: 'example',
    protocol: 'oidc',
    email: 'user@example.com',
    email_verified: true,
    username: null,
    name: null,
    first_name: null,
    last_name: null,
    picture: null,
    groups: [],
    roles: [],
  },
  expires_at: '2030-01-01T00:00:00Z',
}
