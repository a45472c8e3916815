import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { bin, root, run } from './process.ts'

/** In KiB, gzipped. A login must not wait for a download. */
const PAGE_BUDGET = 20
const WORKER_BUDGET = 100

/** Libraries for hosts that read YAML; what runs on the edge was validated before. */
const NOT_ON_THE_EDGE = ['valibot', 'yaml']

/**
 * Bundles the worker as a deploy would, without an account, and compares its size and the page's with the budgets.
 *
 * @returns what is wrong, or undefined
 */
export async function checkSizes(): Promise<string | undefined> {
  const outdir = join(root, 'test-results/worker')
  const { code, output } = await run(
    bin('wrangler', 'apps/worker'),
    ['deploy', '--dry-run', '--minify', '--metafile', '--outdir', outdir],
    {
      cwd: join(root, 'apps/worker'),
      env: {
        AUTH_CONFIG_PATH: join(root, 'examples/auth_config.yml'),
        DOORWARD_BASE_URL: 'https://sso.example.com',
      },
    },
  )
  if (code !== 0) return output
  const worker = await gzippedSize(join(outdir, 'index.js'))
  const page = await pageScripts()
  console.log(
    `worker ${worker.toFixed(1)} KiB of ${WORKER_BUDGET}, page ${page.toFixed(1)} KiB of ${PAGE_BUDGET} (gzipped)`,
  )
  if (worker > WORKER_BUDGET || page > PAGE_BUDGET) return 'larger than the budget'
  const metafile = await readFile(join(outdir, 'bundle-meta.json'), 'utf8')
  const found = NOT_ON_THE_EDGE.filter((name) => metafile.includes(`node_modules/${name}/`))
  return found.length === 0 ? undefined : `in the worker's bundle and not meant to be: ${found.join(', ')}`
}

async function pageScripts(): Promise<number> {
  const folder = join(root, 'apps/login/dist/assets')
  const scripts = (await readdir(folder)).filter((name) => name.endsWith('.js'))
  const sizes = await Promise.all(scripts.map((name) => gzippedSize(join(folder, name))))
  return sizes.reduce((sum, size) => sum + size, 0)
}

async function gzippedSize(path: string): Promise<number> {
  return gzipSync(await readFile(path), { level: 9 }).length / 1024
}
