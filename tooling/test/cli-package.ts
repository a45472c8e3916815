import { mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root, run } from './process.ts'

/** All that is published. */
const EXPECTED = ['LICENSE', 'README.md', 'dist/doorward.mjs', 'dist/main.mjs', 'package.json']

/**
 * Packs the command line as it would be published, unpacks it where nothing else is, and lets it do its main job.
 *
 * @returns what is wrong, or undefined
 */
export async function cliPackageProblem(): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'doorward-package-'))
  try {
    const pack = ['-y', 'pnpm@12.21.0', 'pack', '--pack-destination', folder]
    const packed = await run('npx', pack, { cwd: join(root, 'packages/cli') })
    if (packed.code !== 0) return packed.output
    const [archive = ''] = await readdir(folder)
    const unpacked = await run('tar', ['-xzf', archive], { cwd: folder })
    return unpacked.code === 0 ? await examine(join(folder, 'package')) : unpacked.output
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function examine(folder: string): Promise<string | undefined> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  const paths = files.map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1)).sort()
  if (paths.join() !== EXPECTED.join())
    return `the package holds other files than expected: ${paths.join(', ')}`
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest
  if (manifest.dependencies) return 'the package needs other packages, but all it needs should be inside'
  // As an install does it.
  const program = join(folder, 'doorward')
  await symlink(join(folder, manifest.bin.doorward), program)
  const example = join(root, 'examples/auth_config.yml')
  const args = ['check', example, '--base-url', 'https://sso.example.com']
  const checked = await run(process.execPath, [program, ...args], { cwd: folder })
  return checked.code === 0 && checked.output.includes('no problems') ? undefined : checked.output
}

interface Manifest {
  readonly bin: { readonly doorward: string }
  readonly dependencies?: unknown
}
