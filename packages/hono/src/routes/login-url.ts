import { type BaseUrl, type Clock, parseReturnTo, type Sealer, type Selector, SsoError } from '@doorward/core'
import { Hono } from 'hono'
import type { AppEnvironment } from '../context.ts'
import type { LoginUrlAnswer } from '../contract.ts'
import { readJsonObject } from '../json-body.ts'
import { readPrompt } from '../prompt.ts'
import { startUrls } from './start-url.ts'

interface LoginUrlServices {
  readonly baseUrl: BaseUrl
  readonly selector: Selector
  readonly sealer: Sealer
  readonly clock: Clock
}

/**
 * `POST /api/auth/sso/login-url/`: where to go to log in, for an e-mail address or an issuer. `GET` is CVAT's form of it; the page
 * uses `POST`, so that addresses stay out of URLs.
 */
export function loginUrlRoute(services: LoginUrlServices): Hono<AppEnvironment> {
  return new Hono<AppEnvironment>()
    .get('/', async (c) => c.json(await answer(c.req.query(), services)))
    .post('/', async (c) => {
      return c.json(await answer(readJsonObject(await c.req.text()), services))
    })
}

/**
 * `GET /api/auth/oidc/select-idp/`: the older form of the same, of which CVAT's page makes the address of the login itself. It
 * knows one connection, by OpenID Connect: the first that fits.
 */
export function selectIdpRoute({ selector }: Pick<LoginUrlServices, 'selector'>): Hono<AppEnvironment> {
  return new Hono<AppEnvironment>().get('/', (c) => {
    const { email, iss: issuer } = c.req.query()
    const found = selector.select({ email, issuer }).find(({ protocol }) => protocol === 'oidc')
    if (!found) throw new SsoError('connection_not_found', 'no connection by OpenID Connect fits')
    return c.json(found.id)
  })
}

async function answer(parameters: object, services: LoginUrlServices): Promise<LoginUrlAnswer> {
  const email = readText(parameters, 'email')
  const returnTo = parseReturnTo(readText(parameters, 'next'), services.baseUrl)
  const [first, ...others] = services.selector.select({ email, issuer: readText(parameters, 'iss') })
  const prompt = readPrompt(readText(parameters, 'prompt'))
  const urlOf = await startUrls({ returnTo, loginHint: email, prompt }, services)
  if (others.length === 0) return { url: urlOf(first) }
  return {
    choose: [first, ...others].map((connection) => ({ name: connection.name, url: urlOf(connection) })),
  }
}

function readText(parameters: object, name: string): string | undefined {
  const value: unknown = (parameters as Record<string, unknown>)[name]
  if (value === undefined || value === null || typeof value === 'string') return value ?? undefined
  throw new SsoError('request_invalid', 'a parameter is not text', { details: { parameter: name } })
}
