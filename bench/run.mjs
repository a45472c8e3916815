// Plain JavaScript and no imports of ours: it installs what the benches need before they are loaded.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(`The benches need Node 22.18 or newer, and this is ${process.version}.`)
  console.error(
    '"npx -y pnpm@12.21.0 bench" brings its own where there is one for this system; else install a newer Node.',
  )
  process.exit(2)
}
if (read('pnpm-lock.yaml') !== read('node_modules/.pnpm/lock.yaml')) install()
const { main } = await import('./src/main.ts')
process.exitCode = await main(process.argv.slice(2))

/** The peers are in a workspace of their own, which the root's install does not touch. */
function install() {
  console.log('Installing the peers into bench/node_modules ...')
  const args = ['-y', 'pnpm@12.21.0', 'install', '--frozen-lockfile']
  const { status } = spawnSync('npx', args, { cwd: import.meta.dirname, stdio: 'inherit' })
  if (status !== 0) {
    console.error('The peers could not be installed: see above.')
    process.exit(2)
  }
}

/** @returns a file's text, or undefined when there is none */
function read(path) {
  try {
    return readFileSync(new URL(path, import.meta.url), 'utf8')
  } catch {
    return undefined
  }
}
