/** How many claims are under way at the same time. */
const CONTENDERS = 48

/** What came of many calls at once. */
export interface Contest<Answer> {
  /** By number. */
  readonly answers: ReadonlyMap<number, Answer>
  /** How many were made and got no answer. */
  readonly unanswered: number
}

/**
 * Makes many calls, {@link CONTENDERS} of them at any time, and each one once. Stops early when one gets no answer: then
 * whoever answers has gone.
 *
 * @param count how many
 * @param call makes the call of a number from 0
 */
export async function contend<Answer>(
  count: number,
  call: (turn: number) => Promise<Answer>,
): Promise<Contest<Answer>> {
  const answers = new Map<number, Answer>()
  let next = 0
  let unanswered = 0

  async function contender(): Promise<void> {
    while (next < count && unanswered === 0) {
      const turn = next++
      try {
        answers.set(turn, await call(turn))
      } catch {
        unanswered++
      }
    }
  }

  await Promise.all(Array.from({ length: CONTENDERS }, contender))
  return { answers, unanswered }
}
