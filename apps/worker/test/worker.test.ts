import { env, SELF } from 'cloudflare:test'
import { type BaseUrl, parseConfiguration } from '@doorward/core/config'
import { generateServiceProviderKeys, rotateServiceProviderKeys } from '@doorward/core/saml'
import { documentCacheSuite, ledgerSuite, sessionStoreSuite } from '@doorward/core/testing'
import { type Host, loginSuite } from '@doorward/hono/testing'
import { describe, expect, inject, it } from 'vitest'
import deployed from '#configuration'
import { clientAddress } from '../src/adapters/client-address.ts'
import { createKvDocumentCache } from '../src/adapters/kv-document-cache.ts'
import { createRateLimiter } from '../src/adapters/rate-limit.ts'
import { compose, type Env } from '../src/composition.ts'
import { createDurableLedger } from '../src/objects/ledger.ts'
import { createDurableSessionStore } from '../src/objects/session-store.ts'
import { overDurableObjects } from './harness.ts'

const bindings = env as unknown as Env

describe('in workerd, with its own Durable Objects and KV', () => {
  const host: Host = {
    origin: 'http://localhost:8787',
    send: (request) => SELF.fetch(request),
    async tokenRequests() {
      const response = await fetch(`http://127.0.0.1:${inject('providersPort')}/token-requests`)
      return (await response.json()) as number
    },
  }
  loginSuite(() => host)
})

describe('the ledger on Durable Objects', () => {
  for (const { name, run } of ledgerSuite) {
    it(name, () => run((clock) => overDurableObjects(bindings.LEDGER, clock, createDurableLedger)))
  }
})

describe('the session store on Durable Objects', () => {
  for (const { name, run } of sessionStoreSuite) {
    it(name, () => run((clock) => overDurableObjects(bindings.SESSIONS, clock, createDurableSessionStore)))
  }
})

describe('the document cache on KV', () => {
  for (const { name, run } of documentCacheSuite)
    it(name, () => run(() => createKvDocumentCache(bindings.STATE)))
})

describe('a secret that an installation can do without', () => {
  it('switches off what it is for when it is unusable, and stops no login', async () => {
    const app = compose(
      {
        ...bindings,
        DOORWARD_OPERATOR_TOKEN: 'short',
        DOORWARD_SIGNING_KEYS: '{"keys":[]}',
        DOORWARD_SAML_KEYS: '{"keys":[]}',
      },
      deployed,
    )
    const login = await app.request('http://localhost:8787/api/auth/oidc/acme/login/')
    expect(login.status).toBe(302)
    const init = { method: 'POST', headers: { authorization: 'Bearer short' }, body: '{"connection":"acme"}' }
    const sessions = await app.request('/api/auth/operator/sessions/list', init)
    expect(sessions.status).toBe(404)
    expect(await (await app.request('/.well-known/jwks.json')).json()).toEqual({ keys: [] })
  })
})

describe('the keys for SAML', () => {
  const metadataWith = async (keys: Partial<Env>) => {
    const entry = { id: 'acme', protocol: 'SAML', name: 'Acme', email_domain: 'acme.example' }
    const provider = { ...entry, provider: 'keycloak', domain: 'id.acme.example', realm: 'staff' }
    const { compiled } = parseConfiguration(
      { sso: { enabled: true, identity_providers: [provider] } },
      {
        baseUrl: deployed.base_url as BaseUrl,
        environment: () => undefined,
        secretsLater: true,
        now: Date.now(),
        readFile: () => ({ problem: 'there is none' }),
      },
    )
    if (!compiled) throw new Error('not a configuration')
    const answer = await compose({ ...bindings, ...keys }, compiled).request('/api/auth/saml/acme/metadata/')
    expect(answer.status).toBe(200)
    return answer.text()
  }

  it('may be cut into parts, and parts that are left over do not count', async () => {
    const request = { host: 'sso.example.com', now: Date.now() }
    const one = await generateServiceProviderKeys(request)
    const text = (await rotateServiceProviderKeys(one, request)).reveal()
    const size = Math.ceil(text.length / 4)
    const [first, second, third, fourth] = [0, 1, 2, 3].map((n) => text.slice(n * size, (n + 1) * size))
    const others = { DOORWARD_SAML_KEYS_2: second, DOORWARD_SAML_KEYS_3: third, DOORWARD_SAML_KEYS_4: fourth }
    const whole = await metadataWith({ DOORWARD_SAML_KEYS: text })
    const { keys } = JSON.parse(text) as { keys: { certificate: string }[] }
    for (const { certificate } of keys) expect(whole).toContain(certificate)
    expect(await metadataWith({ DOORWARD_SAML_KEYS: first, ...others } as Partial<Env>)).toBe(whole)
    const leftOver = { DOORWARD_SAML_KEYS: `${text}\n`, ...others } as Partial<Env>
    expect(await metadataWith(leftOver)).toBe(whole)
  })
})

describe('the Rate Limiting binding', () => {
  it('says no in the end to one key, and not to another', async () => {
    const limiter = createRateLimiter(bindings.LIMITER)
    let asked = 0
    while (asked < 2000 && (await limiter.allow('192.0.2.1'))) asked++
    expect(asked).toBe(300)
    expect(await limiter.allow('192.0.2.2')).toBe(true)
  })
})

describe('the address of a client', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::6', '2001:db8:1:2'],
    ['2001:db8::6', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
  ])('of %s counts as %s', (address, expected) => {
    const request = new Request('http://localhost', { headers: { 'cf-connecting-ip': address } })
    expect(clientAddress(request)).toBe(expected)
  })
})
