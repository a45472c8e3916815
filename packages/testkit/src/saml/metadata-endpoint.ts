import { metadataTree } from './metadata.ts'
import { metadataPersonalities } from './personalities/metadata.ts'
import { type ProviderState, publishedCertificates } from './state.ts'
import { write } from './xml/write.ts'

/** The metadata document. saml-metadata section 4.1. */
export async function metadataResponse(state: ProviderState): Promise<Response> {
  const { provider, options, keys } = state
  const reference = provider.metadataPersonality
  const { hooks, publishes } = typeof reference === 'string' ? metadataPersonalities[reference] : reference
  const step = { keys, now: state.now() }
  const named = publishes && (await Promise.all(publishes.map((name) => keys.get(name))))
  const good = {
    entityId: provider.entityId,
    signingCertificates: named?.map(({ certificate }) => certificate) ?? (await publishedCertificates(state)),
    singleSignOn: provider.singleSignOnUrl,
    singleLogout: provider.singleLogoutUrl,
    wantsSignedRequests: options.wantsSignedRequests ?? false,
  }
  const tree = metadataTree((await hooks.content?.(good, step)) ?? good)
  const text = write((await hooks.tree?.(tree, step)) ?? tree)
  const response = new Response(hooks.text?.(text) ?? text, {
    headers: { 'content-type': 'application/samlmetadata+xml' },
  })
  return hooks.response?.(response) ?? response
}
