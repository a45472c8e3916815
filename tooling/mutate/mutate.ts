import { parseArgs } from 'node:util'
import { createJury } from './judging.ts'
import { type MutantTable, mutantsOf, readTable, staleEquivalents, writeTable } from './table.ts'
import { targets } from './targets.ts'

/** How many mutants are judged at a time: each takes a core. */
const WORKERS = Number(process.env['WORKERS'] ?? 2)

const USAGE = `usage: mutate TARGET [--only PART] [--new]; targets: ${Object.keys(targets).join(', ')}

Takes every check out of a target, one at a time, asks cases and tests whether they miss it, writes down who does, and
prints what nobody misses.
  --only PART  only in files with this in their path
  --new        only what nobody was asked about, or nobody missed, when it was last asked`

/** @returns the exit code: 0 when there is no survivor, 1 when there are some, 2 when the arguments are wrong */
export async function mutate(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(args)
  const target = targets[positionals[0] ?? '']
  if (!target || positionals.length !== 1) {
    console.error(USAGE)
    return 2
  }
  const before = await readTable(target)
  const asked = (await mutantsOf(target)).filter(
    ({ path, name }) => path.includes(values.only ?? '') && !(values.new && before[name]?.length),
  )
  console.log(`${asked.length} mutants`)
  const verdicts: Record<string, readonly string[]> = {}
  const queue = [...asked]
  const work = async (worker: number) => {
    const jury = await createJury(target, worker)
    const complaints = await jury.complaints()
    if (complaints.length > 0) throw new Error(`wrong before anything is changed: ${complaints.join(', ')}`)
    for (let next = queue.shift(); next; next = queue.shift()) {
      const missedBy = await jury.judge(next)
      verdicts[next.name] = missedBy
      console.log(describe(next.name, missedBy))
      // So that a run that is ended has not been for nothing.
      if (queue.length % 25 === 0) await writeTable(target, { ...before, ...verdicts })
    }
    await jury.close()
  }
  await Promise.all(Array.from({ length: Math.min(WORKERS, queue.length) }, (_, worker) => work(worker)))
  await writeTable(target, { ...before, ...verdicts })
  return report(verdicts, await staleEquivalents(target))
}

function report(verdicts: MutantTable, stale: readonly string[]): number {
  const survivors = Object.entries(verdicts).filter(([, missedBy]) => missedBy.length === 0)
  console.log(`\n${Object.keys(verdicts).length - survivors.length} missed, ${survivors.length} survived`)
  for (const [name] of survivors) console.log(`nobody misses ${name}`)
  for (const name of stale) console.log(`in equivalents.ts and not in the code: ${name}`)
  return survivors.length + stale.length === 0 ? 0 : 1
}

function parse(args: readonly string[]): {
  readonly values: { readonly only?: string; readonly new?: boolean }
  readonly positionals: readonly string[]
} {
  try {
    const options = { only: { type: 'string' }, new: { type: 'boolean' } } as const
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch {
    return { values: {}, positionals: [] }
  }
}

function describe(name: string, missedBy: readonly string[]): string {
  const by = missedBy.length === 0 ? 'SURVIVED' : `${missedBy.length}: ${missedBy.slice(0, 3).join(', ')}`
  return `${name} -> ${by}`
}
