import type { LogoutPersonalityName } from '@doorward/testkit'
import { type Listener, listen } from '@doorward/testkit/node'
import { allModules } from '../all-modules.ts'
import type { Author, Flow } from '../module.ts'
import type { Actor, StartActor } from './actor.ts'
import { startOtherActor } from './other-actor.ts'
import { startTestkitActor } from './testkit-actor.ts'

const starters: Readonly<Record<Author, StartActor>> = {
  testkit: startTestkitActor,
  'oidc-provider': startOtherActor,
}

/**
 * Where the providers of the conformance modules are: in Node, over sockets, wherever Doorward runs. Tests say over HTTP what
 * they want, for they may run in workerd (`../provider.ts`).
 */
export async function openStage(): Promise<Listener> {
  const actors: Actor[] = []

  async function start(parameters: URLSearchParams): Promise<Response> {
    const module = allModules[parameters.get('module') ?? '']
    if (module === undefined) return new Response('there is no such module', { status: 404 })
    const starter = starters[parameters.get('author') as Author]
    const actor = await starter(module, parameters.get('flow') as Flow)
    // They stay until the end, so that no two have one address.
    return Response.json({ id: actors.push(actor) - 1, issuer: actor.issuer })
  }

  async function direct(
    actor: Actor,
    what: string | undefined,
    parameters: URLSearchParams,
  ): Promise<Response> {
    switch (what) {
      case 'seen':
        return Response.json(actor.seen())
      case 'rotate-keys':
        await actor.rotateKeys()
        return Response.json(null)
      case 'logout-token': {
        const personality = (parameters.get('personality') ?? undefined) as LogoutPersonalityName | undefined
        return Response.json(await actor.logoutToken(personality))
      }
      case 'front-channel':
        return Response.json(actor.frontChannelUrl())
      default:
        return new Response('nobody can do that', { status: 404 })
    }
  }

  const listener = await listen(() => ({
    async fetch(request) {
      const { pathname, searchParams } = new URL(request.url)
      const [, first = '', what] = pathname.split('/')
      if (first === 'start') return start(searchParams)
      const actor = actors[Number(first)]
      return actor ? direct(actor, what, searchParams) : new Response('nobody is there', { status: 404 })
    },
  }))
  return {
    url: listener.url,
    async close() {
      await Promise.all([listener, ...actors].map((one) => one.close()))
    },
  }
}
