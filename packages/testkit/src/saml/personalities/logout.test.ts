import { describe, expect, it } from 'vitest'
import { openedForm } from '../../test-support/careless-service-provider.ts'
import { inflate, isQuerySigned, redirectUrl } from '../bindings.ts'
import { fromBase64, fromUtf8 } from '../encoding.ts'
import { createSamlIdentityProvider, type LogoutPersonalityName, logoutPersonalities } from '../index.ts'
import { scan, scanText } from '../xml/scan.ts'
import { isEnvelopedSigned } from '../xml/verify-text.ts'

const serviceProvider = {
  entityId: 'https://sp.example/metadata',
  acsUrls: 'any',
  singleLogoutUrl: 'https://sp.example/sls',
} as const
const idp = await createSamlIdentityProvider({
  baseUrl: 'https://idp.example',
  serviceProviders: [serviceProvider],
  now: () => Date.UTC(2030, 0, 1),
})
const certificates = await idp.certificates()

interface Sent {
  readonly xml: string
  readonly query: string
  readonly signed: boolean
}

async function request(personality: LogoutPersonalityName, binding: 'redirect' | 'post'): Promise<Sent> {
  const start = { serviceProvider: serviceProvider.entityId, nameId: 'user-1', sessionIndexes: ['_s'] }
  const { xml, url } = await idp.startLogout({ ...start, binding, relayState: 'r', personality })
  const signed =
    binding === 'post' ? isEnvelopedSigned(xml, certificates) : isQuerySigned(url.search, certificates)
  return { xml, query: url.search, signed: await signed }
}

async function response(personality: LogoutPersonalityName, binding: 'redirect' | 'post'): Promise<Sent> {
  idp.logoutPersonality = personality
  const xml = `<LogoutRequest ID="_r"><Issuer>${serviceProvider.entityId}</Issuer></LogoutRequest>`
  const asked = await redirectUrl(idp.singleLogoutUrl, { parameter: 'SAMLRequest', xml, relayState: 'r' })
  if (binding === 'redirect') {
    const { search } = new URL((await idp.fetch(new Request(asked))).headers.get('location') ?? '')
    const encoded = new URLSearchParams(search).get('SAMLResponse') ?? ''
    const sent = fromUtf8(await inflate(fromBase64(encoded)))
    return { xml: sent, query: search, signed: await isQuerySigned(search, certificates) }
  }
  const body = new URLSearchParams({ SAMLRequest: btoa(xml) })
  const answer = await idp.fetch(new Request(idp.singleLogoutUrl, { method: 'POST', body }))
  const sent = atob(openedForm(await answer.text()).parameters.get('SAMLResponse') ?? '')
  return { xml: sent, query: '', signed: await isEnvelopedSigned(sent, certificates) }
}

/** Identifiers and what follows from them are different every time. */
function withoutChance({ xml, query }: Sent): string {
  const parameters = new URLSearchParams(query)
  const shown = [...parameters].filter(([name]) => !/^SAML|^Signature$/.test(name))
  const counts = ['SAMLRequest', 'SAMLResponse', 'Signature'].map((name) => parameters.getAll(name).length)
  const stable = xml
    .replace(/( ID=|URI=)"[^"]*"/g, '$1')
    .replace(/<ds:(DigestValue|SignatureValue)>[^<]*/g, '')
  return JSON.stringify([stable, shown, counts])
}

const good = {
  redirect: { request: await request('good', 'redirect'), response: await response('good', 'redirect') },
  post: { request: await request('good', 'post'), response: await response('good', 'post') },
}

it('good messages are signed', () => {
  for (const { request, response } of Object.values(good))
    expect([request.signed, response.signed]).toEqual([true, true])
})

/** The key is what differs, or what is signed no more. */
const differsInSignature = [
  'signed-by-stranger',
  'signed-by-unpublished-key',
  'unsigned',
  'tampered',
  'wrapped',
]

describe('each personality changes the messages that it says', () => {
  const cases = (Object.keys(logoutPersonalities) as LogoutPersonalityName[])
    .filter((name) => name !== 'good')
    .flatMap((name) =>
      (['redirect', 'post'] as const).flatMap((binding) =>
        (['request', 'response'] as const).map((message) => [name, binding, message] as const),
      ),
    )
    .filter(([name, binding, message]) => {
      const only = logoutPersonalities[name]
      return (only.binding ?? binding) === binding && (only.message ?? message) === message
    })

  it.each(cases)('%s by %s, %s', async (name, binding, message) => {
    const sent = await (message === 'request' ? request(name, binding) : response(name, binding))
    if (differsInSignature.includes(name)) expect(sent.signed).toBe(false)
    else expect(withoutChance(sent)).not.toBe(withoutChance(good[binding][message]))
  })
})

it('a wrapped message is about somebody else', async () => {
  const { xml } = await request('wrapped', 'post')
  const nameIds = scan(xml, 'NameID').map(({ start, end }) => scanText(xml.slice(start, end), 'NameID'))
  expect(nameIds).toEqual(['user-1', 'victim'])
})
