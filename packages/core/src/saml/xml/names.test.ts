import { describe, expect, it } from 'vitest'
import { NS } from '../urns.ts'
import { declarationProblem } from './names.ts'

describe('the name of a namespace', () => {
  it.each([
    ...Object.values(NS).filter((uri) => uri !== NS.xml && uri !== NS.xmlns),
    'http://schemas.microsoft.com/ws/2008/06/identity/claims/role',
    'urn:a',
    'http://x.example/a%20b?c=d;e',
    'urn:a#',
    'x-y+z.1:',
  ])('can be %s', (uri) => {
    expect(declarationProblem('p', uri)).toBeUndefined()
  })

  it.each([
    'relative',
    '../relative',
    '//x.example/',
    '#a',
    '1:a',
    'urn:a b',
    'urn:a"',
    "urn:a'",
    'urn:<a>',
    'urn:a&b',
    'urn:ä',
    'urn:a\n',
    'urn:a#b#c',
    'urn:%',
    'urn:%zz',
    'urn:a#%4',
    'http://[x]/',
  ])('can not be %j', (uri) => {
    expect(declarationProblem('p', uri)).toBe(
      'a namespace has a name that is no absolute URI, or longer than any',
    )
  })
})
