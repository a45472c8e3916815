import { type Personality, personalities } from '@doorward/testkit'
import { startOpenIdProvider } from '@doorward/testkit/node'
import type { Claims, Module } from '../module.ts'
import { client, SID, urlOf, user } from '../registration.ts'
import type { StartActor } from './actor.ts'

/** Our own provider, which can be wrong. As most do, it tells about people in userinfo where there is one. */
export const startTestkitActor: StartActor = async (module) => {
  const { algorithm = 'RS256' } = module.provider ?? {}
  const provider = await startOpenIdProvider({
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [urlOf('login/callback/')],
        post_logout_redirect_uris: [urlOf('post-logout/')],
        frontchannel_logout_uri: urlOf('frontchannel-logout/'),
      },
    ],
    user,
    sid: SID,
    claimsIn: 'userinfo',
    algorithm,
  })
  provider.personality = personalityOf(module, provider.issuer)
  return {
    issuer: provider.issuer,
    seen: () =>
      provider.requests.all.map(({ endpoint, parameters, headers }) => ({
        endpoint,
        parameters: Object.fromEntries(parameters),
        authorizationScheme: headers.get('authorization')?.split(' ')[0] ?? '',
      })),
    rotateKeys: async () => void (await provider.rotateKeys()),
    logoutToken: (personality = 'good') =>
      provider.logoutToken({ clientId: client.id, sub: user.sub, sid: SID, personality }),
    frontChannelUrl: () => provider.frontChannelLogout({ clientId: client.id, sid: SID }).href,
    close: () => provider.close(),
  }
}

function personalityOf({ provider, claims }: Module, issuer: string): Personality {
  const { personality: reference = 'good' } = provider ?? {}
  const personality = typeof reference === 'string' ? personalities[reference] : reference
  return claims ? saying(claims(issuer), personality) : personality
}

/** The same, with more in userinfo. */
function saying(claims: Claims, personality: Personality): Personality {
  return { ...personality, hooks: { ...personality.hooks, userinfo: (good) => ({ ...good, ...claims }) } }
}
