// Plain JavaScript and no imports of ours, so that `node` alone starts it.
const { mutate } = await import('./mutate.ts')
process.exitCode = await mutate(process.argv.slice(2))
