import { describe, expect, it } from 'vitest'
import { attacks } from '../../test/saml-corpus/attacks.ts'
import { corpusCases, sharedFacts } from '../../test/saml-corpus/load.ts'
import { bytesOf, createOutcomeOf, expectedOutcome } from '../../test/saml-corpus/outcome.ts'

const outcomeOf = createOutcomeOf(sharedFacts)
const accepting = corpusCases.filter((one) => one.kind === 'accept')
const rejecting = corpusCases.filter((one) => one.kind === 'reject')

describe('an answer that is good', () => {
  it.each(accepting)('is accepted: $name', async (one) => {
    expect(await outcomeOf(one)).toEqual(expectedOutcome(one))
  })
})

describe('an answer that is good but for one thing', () => {
  it.each(rejecting)('is refused: $name', async (one) => {
    expect(await outcomeOf(one)).toEqual(expectedOutcome(one))
  })

  // One named change: either of the answer or of what is expected of it.
  it.each(rejecting)('is in one way another than the good answer that it was: $name', (one) => {
    const base = accepting.find(({ name }) => name === one.file.base)
    expect(base).toBeDefined()
    if (!base) return
    const isOtherAnswer = bytesOf(one).join() !== bytesOf(base).join()
    const isOtherwiseExpected = JSON.stringify(one.file.expected) !== JSON.stringify(base.file.expected)
    expect([isOtherAnswer, isOtherwiseExpected].filter(Boolean)).toHaveLength(1)
  })
})

describe('an attack', () => {
  const names = rejecting.map(({ name }) => name)

  it.each(attacks)('has cases, or tests where no case can be it: $id', ({ cases, tests = [] }) => {
    expect(cases.length + tests.length).toBeGreaterThan(0)
    expect(cases.filter((name) => !names.includes(name))).toEqual([])
    expect(new Set(cases).size).toBe(cases.length)
  })

  it.each(rejecting)('is what a bad answer is: $name', ({ name, file }) => {
    const found = attacks.filter(({ cases }) => cases.includes(name)).map(({ id }) => id)
    expect(found.length).toBeGreaterThan(0)
    expect(file.attacks).toEqual(found)
  })
})
