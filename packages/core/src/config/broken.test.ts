import { describe, expect, it } from 'vitest'
import { parseOptionsWith } from '../../test/configured.ts'
import { brokenFiles, brokenProblems } from '../../test/fixtures.ts'
import { type ConfigurationIssueCode, issueSeverities } from '../errors/index.ts'
import { type Problem, readConfiguration } from './yaml.ts'

const codes = Object.keys(issueSeverities) as ConfigurationIssueCode[]

/** Too large to lie in a repository: `a file beyond the limit` below. */
const generated: readonly ConfigurationIssueCode[] = ['file_too_large']

function asText({ severity, line, column, code, message, fix }: Problem): string {
  return `${severity} ${line}:${column} ${code}: ${message}${fix === undefined ? '' : ` | fix: ${fix}`}\n`
}

/** Said of a variable of another product: `environment/read.test.ts`. */
const ofVariables: readonly ConfigurationIssueCode[] = ['not_in_this_version']

describe('a broken file', () => {
  it.each(brokenFiles)('$name says what is wrong, where, and what to do', ({ name, text }) => {
    const { compiled, problems } = readConfiguration(text, parseOptionsWith())
    expect(problems.map(asText).join('')).toBe(brokenProblems.get(name))
    expect(problems.map(({ code }) => code)).toContain(name.replace(/~.*/, ''))
    expect(compiled === undefined).toBe(problems.some(({ severity }) => severity === 'error'))
  })

  it.each(codes.filter((code) => ![...generated, ...ofVariables].includes(code)))(
    'is there for %s',
    (code) => {
      expect(brokenFiles.map(({ name }) => name.replace(/~.*/, ''))).toContain(code)
    },
  )

  it('is there for every text of problems', () => {
    expect([...brokenProblems.keys()].sort()).toEqual(brokenFiles.map(({ name }) => name).sort())
  })
})

it('a file beyond the limit is not looked at', () => {
  const text = `sso:\n${'  # a comment\n'.repeat(400_000)}`
  expect(text.length).toBeGreaterThan(5 * 1024 * 1024)
  const { compiled, problems } = readConfiguration(text, parseOptionsWith())
  expect(compiled).toBeUndefined()
  expect(problems.map(asText)).toEqual([
    'error 1:1 file_too_large: the file is larger than 2097152 characters | fix: look for what is in it by mistake\n',
  ])
})
