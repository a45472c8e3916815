import { openStage } from '@doorward/hono/testing/conformance-stage'
import type { TestProject } from 'vitest/node'

/** Has the providers of the conformance modules in Node, over sockets: to the worker they are somewhere else. */
export default async function serveConformance(project: TestProject): Promise<() => Promise<void>> {
  const stage = await openStage()
  project.provide('conformanceStage', stage.url)
  return () => stage.close()
}
