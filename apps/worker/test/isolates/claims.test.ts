import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Contest, contend } from './contend.ts'
import { createIsolates, ordinary } from './isolates.ts'
import { NAMES, type Name } from './names.ts'

const isolates = createIsolates({ a: ordinary, b: ordinary, c: ordinary })

beforeAll(() => isolates.start())
afterAll(() => isolates.end())

const HOUR = 60 * 60 * 1000

function claim(at: Name, scope: string): Promise<boolean | undefined> {
  return isolates.of(at).probe('claim', { scope, keys: ['key'], expiresAt: Date.now() + HOUR })
}

/** One of the isolates, another one each time. */
function inTurn(turn: number): Name {
  return NAMES[turn % NAMES.length] ?? NAMES[0]
}

/** Has calls made until `answers` of them were answered, kills everything in the middle of the others, starts anew. */
async function killedAfter<Answer>(
  answers: number,
  count: number,
  call: (turn: number) => Promise<Answer>,
): Promise<Contest<Answer>> {
  let answered = 0
  let killed: Promise<void> | undefined
  const contest = await contend(count, async (turn) => {
    const answer = await call(turn)
    answered++
    if (answered === answers) killed = isolates.kill()
    return answer
  })
  await killed
  await isolates.start()
  // Otherwise nothing was under way, and nothing is shown.
  expect(contest.unanswered).toBeGreaterThan(0)
  return contest
}

function wins({ answers }: Contest<boolean | undefined>): number {
  return [...answers.values()].filter((won) => won).length
}

it('lets one of ten thousand claims of one key win, wherever they arrive', async () => {
  const contest = await contend(10_000, (turn) => claim(inTurn(turn), 'contest'))
  expect(contest.answers.size).toBe(10_000)
  expect(wins(contest)).toBe(1)
})

it.each([
  // The answer to the one that won may have been on its way.
  { answers: 1, possible: [0, 1] },
  { answers: 2000, possible: [1] },
])(
  'lets no second one win when it is killed after $answers answers and started again',
  async ({ answers, possible }) => {
    const scope = `killed after ${answers}`
    const before = await killedAfter(answers, 10_000, (turn) => claim(inTurn(turn), scope))
    const after = await contend(500, (turn) => claim(inTurn(turn), scope))
    expect(after.unanswered).toBe(0)
    expect(possible).toContain(wins(before) + wins(after))
    expect(await claim('a', scope)).toBe(false)
  },
)

it('lets nothing be won again that was won before a kill, and all else be won once', async () => {
  const KEYS = 1500
  const scopeOf = (key: number) => `key ${key}`
  const before = await killedAfter(500, KEYS, (key) => claim(inTurn(key), scopeOf(key)))
  expect(wins(before)).toBe(before.answers.size)
  const after = await contend(NAMES.length * KEYS, (turn) => claim(inTurn(turn), scopeOf(turn % KEYS)))
  expect(after.unanswered).toBe(0)

  const winsOf = (key: number) =>
    NAMES.filter((_, round) => after.answers.get(round * KEYS + key) === true).length
  const attempted = before.answers.size + before.unanswered
  for (let key = 0; key < KEYS; key++) {
    const won = winsOf(key)
    if (before.answers.has(key)) expect({ key, won }).toEqual({ key, won: 0 })
    else if (key >= attempted) expect({ key, won }).toEqual({ key, won: 1 })
    // Whether it was stored before the kill, nobody was told.
    else expect(won).toBeLessThanOrEqual(1)
  }
})
