// Plain JavaScript and no imports of ours, so that `node` alone starts it.
const { generateCorpus } = await import('./generate.ts')
process.exitCode = await generateCorpus(process.argv.slice(2))
