import { followParent } from '../child.ts'
import { type DemoServiceProvider, startDemoSamlProvider } from './provider.ts'

// A process of its own, as a real identity provider would be.
const serviceProvider = JSON.parse(process.env['DOORWARD_SETTINGS'] ?? '{}') as DemoServiceProvider
const { entityId, server } = await startDemoSamlProvider(serviceProvider)
followParent(async () => {
  server.closeAllConnections()
  server.close()
})
process.send?.({ ready: entityId })
