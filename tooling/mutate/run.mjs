// Plain JavaScript and no imports of ours, so that `node` alone starts it.
const args = process.argv.slice(2)
if (args[1] === '--check') {
  const { mutantsProblem } = await import('./table.ts')
  const problem = await mutantsProblem()
  console.log(problem ?? 'somebody was asked about every check')
  process.exitCode = problem === undefined ? 0 : 1
} else {
  const { mutate } = await import('./mutate.ts')
  process.exitCode = await mutate(args)
}
