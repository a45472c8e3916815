#!/usr/bin/env node
// Plain JavaScript, so that an old Node gets a sentence instead of a syntax error.
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(`doorward needs Node 22.18 or newer; this is ${process.version}.`)
  console.error('Inside the repository "pnpm doorward" brings its own.')
  process.exit(2)
}
const { main } = await import('../src/main.ts')
process.exitCode = await main(process.argv.slice(2))
