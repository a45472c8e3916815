import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { Batches } from '../batches.ts'
import type { Bench } from '../bench.ts'
import type { BatchRequest } from '../worker/serve.ts'
import { nodeModules } from './node-modules.ts'
import type { Runtime } from './runtime.ts'
import { startProcess, workerdVersion } from './workerd-process.ts'

/** Runs a bench in workerd, the open-source runtime of Cloudflare Workers, bundled as a Worker is. */
export async function startWorkerd(bench: Bench): Promise<Runtime> {
  const folder = await mkdtemp(join(tmpdir(), 'doorward-bench-'))
  try {
    await bundle(bench, join(folder, 'worker.js'))
    const { url, stop } = await startProcess(folder, bench.needsNodejsCompat ? ['nodejs_compat'] : [])
    const close = async (): Promise<void> => {
      await stop()
      await rm(folder, { recursive: true })
    }
    try {
      const entries = await ask<Batches['entries']>(url)
      return { ...over(url, entries), close }
    } catch (error) {
      await close()
      throw error
    }
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}

function over(url: string, entries: Batches['entries']): Omit<Runtime, 'close'> {
  return {
    name: 'workerd',
    version: workerdVersion,
    timing:
      'performance.now() inside the Worker, a batch is one request; the clock moves there without I/O, in steps of 1 ms, and a batch goes from step to step',
    entries,
    time(index, options) {
      const request: BatchRequest = { index, options }
      return ask<number>(url, { method: 'POST', body: JSON.stringify(request) })
    },
  }
}

async function ask<T>(url: string, init?: RequestInit): Promise<T> {
  const response = await fetch(url, init)
  if (!response.ok) throw new Error(`in workerd: ${await response.text()}`)
  return (await response.json()) as T
}

async function bundle({ contestants }: Bench, outfile: string): Promise<void> {
  const serve = fileURLToPath(import.meta.resolve('../worker/serve.ts'))
  const contents = `
    import { createContestants } from ${JSON.stringify(fileURLToPath(contestants))}
    import { serve } from ${JSON.stringify(serve)}
    export default serve({ createContestants })`
  await build({
    stdin: { contents, resolveDir: import.meta.dirname, loader: 'js' },
    outfile,
    bundle: true,
    format: 'esm',
    target: 'es2024',
    conditions: ['workerd', 'worker', 'browser'],
    plugins: [nodeModules],
    logLevel: 'error',
  })
}
