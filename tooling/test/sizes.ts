import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { bin, root, run } from './process.ts'

/** In KiB, gzipped. A login must not wait for a download. */
const PAGE_BUDGET = 20
const WORKER_BUDGET = 100

/**
 * What SAML may add to a worker. The aim is 12: a new part has to bring something better out of the way, and whatever makes
 * it smaller lowers this.
 */
const SAML_BUDGET = 22

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
  return found.length === 0 ? checkSaml() : `in the worker's bundle and not meant to be: ${found.join(', ')}`
}

/** Bundles two workers that differ in SAML alone: what it adds, and that without it nothing of it is there. */
async function checkSaml(): Promise<string | undefined> {
  const without = await bundle('without-saml')
  const withSaml = await bundle('with-saml')
  if ('output' in without) return without.output
  if ('output' in withSaml) return withSaml.output
  const added = withSaml.size - without.size
  console.log(`SAML adds ${added.toFixed(1)} KiB of ${SAML_BUDGET} (gzipped)`)
  if (added > SAML_BUDGET) return 'SAML adds more than its budget'
  // The second look is whether the first one looks for what there is.
  const isSaml = (file: string) => file.includes('core/src/saml/')
  const found = without.files.filter(isSaml)
  if (found.length > 0) return `in a worker without SAML and not meant to be: ${found.join(', ')}`
  return withSaml.files.some(isSaml) ? undefined : 'a worker with SAML is bundled without it'
}

/** What was bundled: how large it is, in KiB, and the files it was made of. Or what went wrong. */
async function bundle(
  name: string,
): Promise<{ readonly size: number; readonly files: readonly string[] } | { readonly output: string }> {
  const outdir = join(root, 'test-results', name)
  const config = 'test/bundles/wrangler.jsonc'
  const { code, output } = await run(
    bin('wrangler', 'apps/worker'),
    [
      ...['deploy', `test/bundles/${name}.ts`, '--config', config],
      ...['--dry-run', '--minify', '--metafile', '--outdir', outdir],
    ],
    { cwd: join(root, 'apps/worker') },
  )
  if (code !== 0) return { output }
  const { inputs } = JSON.parse(await readFile(join(outdir, 'bundle-meta.json'), 'utf8')) as {
    readonly inputs: Readonly<Record<string, unknown>>
  }
  return { size: await gzippedSize(join(outdir, `${name}.js`)), files: Object.keys(inputs) }
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
