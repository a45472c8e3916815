import { createProviders, type Providers } from '@doorward/hono/testing/providers'
import { listen } from '@doorward/testkit/node'
import type { TestProject } from 'vitest/node'

/** Serves the suite's identity providers on Node, over sockets: to the worker they are somewhere else. */
export default async function serveProviders(project: TestProject): Promise<() => Promise<void>> {
  let providers: Providers | undefined
  const listener = await listen(
    async (url) => {
      providers = await createProviders(url)
      return { fetch: (request) => answer(request, providers) }
    },
    { port: project.getProvidedContext().providersPort },
  )
  return () => listener.close()
}

/** The tests run in another process and ask here what the provider saw. */
async function answer(request: Request, providers: Providers | undefined): Promise<Response> {
  if (!providers) return new Response(null, { status: 503 })
  if (new URL(request.url).pathname !== '/token-requests') return providers.fetch(request)
  return Response.json(providers.good.requests.count('token'))
}
