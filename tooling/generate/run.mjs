// Plain JavaScript and no imports of ours, as for the tests, so that `node` alone starts it.
const { generate } = await import('./generate.ts')
await generate()
