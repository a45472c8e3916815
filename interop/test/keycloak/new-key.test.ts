import { expect, it } from 'vitest'
import { administer } from '../../keycloak/administration.ts'
import { REALM } from '../../keycloak/entries.ts'
import { addKeyProvider } from '../../keycloak/keys.ts'
import { arriveSignedIn, useBrowser } from '../person.ts'
import { keycloak, signIn } from './sign-in.ts'

const open = useBrowser(keycloak)

/** From now on Keycloak signs with it. */
async function makeNewKey(): Promise<void> {
  await addKeyProvider(await administer(keycloak), REALM, {
    name: 'the next key',
    providerId: 'rsa-generated',
    config: { priority: ['200'], enabled: ['true'], active: ['true'], keySize: ['2048'] },
  })
}

it('Keycloak changes its key, and nobody notices', async () => {
  for (const connection of ['saml', 'oidc'] as const) {
    const { context, page } = await open()
    await signIn(page, connection)
    await arriveSignedIn(page)
    await context.close()
  }
  await makeNewKey()
  for (const connection of ['saml', 'oidc'] as const) {
    const { context, page } = await open()
    await signIn(page, connection)
    expect((await arriveSignedIn(page)).idp).toBe(`keycloak-${connection}`)
    await context.close()
  }
})
