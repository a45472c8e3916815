// Plain JavaScript and no imports of ours, so that an old Node or a half-finished install gets a sentence instead of a
// stack trace.
import { existsSync } from 'node:fs'

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(`Doorward needs Node 22.18 or newer, and this is ${process.version}.`)
  console.error(
    '"npx -y pnpm@12.21.0 dev" brings its own where there is one for this system; else install a newer Node.',
  )
  process.exit(1)
}
if (!existsSync(new URL('node_modules/wrangler', import.meta.url))) {
  console.error(
    'Something is missing from node_modules. Run "npx -y pnpm@12.21.0 install" and look at what it says.',
  )
  process.exit(1)
}
// What is written here holds secrets of whoever tries things out: for this user alone.
process.umask(0o077)
const { dev } = await import('./src/dev.ts')
process.exitCode = await dev(process.env)
