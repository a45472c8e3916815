// Plain JavaScript and no imports of ours, so that an old Node gets a sentence instead of a stack trace.
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(`Fuzzing needs Node 22.18 or newer, and this is ${process.version}.`)
  process.exit(2)
}
const { main } = await import('./main.ts')
process.exitCode = await main(process.argv.slice(2))
