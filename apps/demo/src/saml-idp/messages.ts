// By file: what the package exports as a whole is one default that Node and TypeScript understand differently.
import { createLogoutResponse, parseLogoutRequest } from '@boxyhq/saml20/dist/logout.js'
import { createIdPMetadataXML } from '@boxyhq/saml20/dist/metadata.js'
import { createPostForm } from '@boxyhq/saml20/dist/post.js'
import { decodeBase64, parseSAMLRequest } from '@boxyhq/saml20/dist/request.js'
import { createSAMLResponse } from '@boxyhq/saml20/dist/response.js'
import { sign } from '@boxyhq/saml20/dist/sign.js'
import type { DemoUser } from '../idp/users.ts'
import { makeKeyPair } from './key-pair.ts'

/** How Doorward is registered. */
export interface DemoServiceProvider {
  readonly entityId: string
  readonly acsUrl: string
  readonly sloUrl: string
}

/** A request, as far as the answer needs it. */
export interface Received {
  readonly id: string
  readonly relayState: string | undefined
}

/** What the demo identity provider says. Each page submits itself to Doorward. */
export interface Messages {
  readonly entityId: string
  readonly metadata: string
  /** @throws Error when it is not a request of the one service provider that is registered */
  receive(parameters: URLSearchParams, isPost: boolean): Promise<Received>
  /** @returns a page with the signed answer */
  signIn(request: Received, user: DemoUser): Promise<string>
  /** @returns a page with the signed answer. @throws Error as `receive` */
  signOut(parameters: URLSearchParams, isPost: boolean): Promise<string>
}

/** @param origin where the identity provider answers */
export async function createMessages(origin: string, registered: DemoServiceProvider): Promise<Messages> {
  const { privateKey, certificate } = await makeKeyPair()
  const entityId = `${origin}/metadata`

  return {
    entityId,
    metadata: createIdPMetadataXML({
      entityId,
      ssoUrl: `${origin}/sign-in`,
      sloUrl: `${origin}/sign-out`,
      x509cert: certificate,
      wantAuthnRequestsSigned: false,
    }),

    async receive(parameters, isPost) {
      const request = await parseSAMLRequest(await textOf(parameters, isPost), false)
      if (request.audience !== registered.entityId) throw new Error('it was sent by nobody who is registered')
      return { id: request.id, relayState: parameters.get('RelayState') ?? undefined }
    },

    async signIn({ id, relayState }, user) {
      const response = await createSAMLResponse({
        audience: registered.entityId,
        issuer: entityId,
        // As it is registered: what the request says is not signed.
        acsUrl: registered.acsUrl,
        claims: { email: user.email, raw: attributesOf(user) },
        requestId: id,
        privateKey,
        publicKey: certificate,
      })
      return page(registered.acsUrl, response, relayState)
    },

    async signOut(parameters, isPost) {
      const request = await parseLogoutRequest(await textOf(parameters, isPost))
      if (request.issuer !== registered.entityId) throw new Error('it was sent by nobody who is registered')
      const { xml } = createLogoutResponse({
        requestId: request.id,
        issuer: entityId,
        destination: registered.sloUrl,
      })
      const signed = sign(xml, privateKey, certificate, '/*[local-name(.)="LogoutResponse"]')
      return page(registered.sloUrl, signed, parameters.get('RelayState') ?? undefined)
    },
  }
}

async function textOf(parameters: URLSearchParams, isPost: boolean): Promise<string> {
  const message = parameters.get('SAMLRequest')
  if (message === null) throw new Error('it is not a request of SAML')
  return decodeBase64(message, !isPost)
}

function page(url: string, message: string, relayState: string | undefined): string {
  return createPostForm(url, [
    { name: 'SAMLResponse', value: Buffer.from(message).toString('base64') },
    ...(relayState === undefined ? [] : [{ name: 'RelayState', value: relayState }]),
  ])
}

function attributesOf({ sub, email, email_verified, name, groups }: DemoUser): Record<string, unknown> {
  return {
    uid: sub,
    mail: email,
    emailVerified: String(email_verified),
    displayName: name,
    ...(groups.length === 0 ? {} : { groups }),
  }
}
