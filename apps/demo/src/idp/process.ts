import { followParent } from '../child.ts'
import { type DemoClient, startDemoProvider } from './provider.ts'

// The demo identity provider is a process of its own, as a real one would be.
const client = JSON.parse(process.env['DOORWARD_SETTINGS'] ?? '{}') as DemoClient
const { issuer, server } = await startDemoProvider(client)
followParent(async () => {
  server.closeAllConnections()
  server.close()
})
process.send?.({ ready: issuer })
