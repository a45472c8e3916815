// Plain JavaScript and no imports of ours, so that an old Node or a half-finished install gets a sentence instead of a
// stack trace.
import { existsSync } from 'node:fs'

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(`The tests need Node 22.18 or newer, and this is ${process.version}.`)
  console.error(
    '"npx -y pnpm@12.21.0 test" brings its own where there is one for this system; else install a newer Node.',
  )
  process.exit(1)
}
if (!existsSync(new URL('../../node_modules/vitest', import.meta.url))) {
  console.error(
    'Something is missing from node_modules. Run "npx -y pnpm@12.21.0 install" and look at what it says.',
  )
  process.exit(1)
}
const { runAll } = await import('./run-all.ts')
process.exitCode = await runAll(process.argv.slice(2))
