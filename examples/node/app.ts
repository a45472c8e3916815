import { env } from 'node:process'
import { loginUrl } from '@doorward/core'
import type { SessionAnswer, SessionUser } from '@doorward/hono/contract'
import { Hono } from 'hono'
import { createMiddleware } from 'hono/factory'
import { html } from 'hono/html'
import { serve } from './http.ts'
import { baseUrl, configuration, sso } from './sso.ts'

/** Lets only people through who are signed in. */
const signedIn = createMiddleware<{ Variables: { user: SessionUser } }>(async (c, next) => {
  const answer = await sso.request('/api/auth/session', { headers: c.req.raw.headers })
  if (answer.status === 401) {
    const { pathname, search } = new URL(c.req.url)
    return c.redirect(`/login?${new URLSearchParams({ next: pathname + search })}`)
  }
  if (!answer.ok) return answer
  c.set('user', ((await answer.json()) as SessionAnswer).user)
  await next()
  c.header('cache-control', 'no-store')
  // The session's cookie is renewed now and then.
  for (const cookie of answer.headers.getSetCookie()) c.header('set-cookie', cookie, { append: true })
  return undefined
})

const app = new Hono()

app.get('/', signedIn, (c) => {
  const { name, email, roles } = c.var.user
  return c.html(html`<p>${name ?? email}, ${roles.join(' and ') || 'without a role'}</p>
    <p><a href="/api/auth/logout/">Sign out</a></p>`)
})

// Where Doorward sends people who signed out, and those whose login was refused.
app.get('/login', (c) => {
  const { error, request_id: requestId, next, prompt } = c.req.query()
  const connections = configuration.connections.filter(({ summary }) => summary.isOffered)
  const links = connections.map(({ summary, open }) => {
    const url = loginUrl(summary, baseUrl)
    if (next) url.searchParams.set('next', next)
    if (prompt) url.searchParams.set('prompt', prompt)
    return html`<p><a href="${url.href}">${open().name}</a></p>`
  })
  return c.html(html`${error ? html`<p>That did not work: ${error}, ${requestId}</p>` : ''}${links}`)
})

// All other addresses are Doorward's.
app.notFound((c) => sso.fetch(c.req.raw))

serve(app, { baseUrl, port: Number(env['PORT'] ?? 8787) })
