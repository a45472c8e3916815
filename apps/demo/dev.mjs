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
// "pnpm dev -- --help" hands both on.
const [first, second] = process.argv.slice(2)
const option = first === '--' ? second : first
if (option === '--help' || option === '-h') {
  console.log(`Usage: npx -y pnpm@12.21.0 dev

Starts everything that a first login needs, and says where: the worker, the login page, and without a configuration of
your own two demo identity providers. It takes no options but --help; variables of the environment say the rest:

  AUTH_CONFIG_PATH=FILE    your own configuration; a saved change is live within a second
  DOORWARD_BASE_URL=URL    where people reach it, behind a proxy or a tunnel; else http://localhost:PORT
  PORT=NUMBER              where it listens; else 8787

Ctrl-C stops it.`)
  process.exit(0)
}
if (option !== undefined) {
  console.error(
    `\nDoorward: dev does not know "${option}"; "npx -y pnpm@12.21.0 dev --help" says what there is.\n`,
  )
  process.exit(2)
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
