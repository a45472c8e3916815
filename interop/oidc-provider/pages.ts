import type { IncomingMessage, ServerResponse } from 'node:http'
import type { KoaContextWithOIDC, Provider } from 'oidc-provider'

/** Where the page that asks who somebody is begins, below an issuer. */
export const INTERACTION = '/interaction/'

/** The name of the one person whom an issuer knows, for it and not for us. */
const ACCOUNT = 'the-person'

interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

/** The page that asks who somebody is, which the library leaves to those who use it, and the answer to it. */
export async function answerPerson(
  provider: Provider,
  { request, response }: Exchange,
  address: string,
): Promise<void> {
  // It throws where there is nothing to go on with.
  await provider.interactionDetails(request, response)
  if (request.method === 'POST') {
    await provider.interactionFinished(request, response, { login: { accountId: ACCOUNT } })
    return
  }
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
  response.end(page(`<form method="post"><button>I am ${address}</button></form>`))
}

/** The pages of a sign-out; the library's own ask another company for a font. */
export const signOutPages = {
  /** @param form what the button belongs to */
  logoutSource(context: KoaContextWithOIDC, form: string): void {
    const button = '<button form="op.logoutForm" name="logout" value="yes">Yes, sign me out</button>'
    context.body = page(form + button)
  },
  postLogoutSuccessSource(context: KoaContextWithOIDC): void {
    context.body = page('<p>You are signed out.</p>')
  },
}

function page(content: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>oidc-provider</title>${content}</html>`
}
