import { describe, expect, it } from 'vitest'
import { configurationWith, connectionWith } from '../../test/configured.ts'
import type { RoleMapping } from '../config/connection.ts'
import { createSelector } from '../selection/select.ts'
import { admittedWith } from '../testing/people.ts'
import { verifiedIdentity } from './identity.ts'
import { admit } from './policy.ts'
import { rolesOf } from './roles.ts'

const rules = [
  { group: 'Staff', roles: ['user'] },
  { group: 'Admins', roles: ['admin', 'organization:owner'] },
  { group: 'staff', roles: ['worker'] },
  { group: 'Managers', roles: ['organization:maintainer', 'user'] },
  { group: 'Guests', roles: [] },
]
const exact: RoleMapping = { isCaseSensitive: true, rules }
const lenient: RoleMapping = { isCaseSensitive: false, rules }

describe('the roles of groups', () => {
  it.each([
    ['no group', [], [], []],
    ['a group', ['Staff'], ['user'], ['user', 'worker']],
    ['a group in other letters', ['STAFF'], [], ['user', 'worker']],
    ['a group of two roles', ['Admins'], ['admin', 'organization:owner'], ['admin', 'organization:owner']],
    ['a group without a role', ['Guests'], [], []],
    ['an unknown group', ['Visitors'], [], []],
    ['a group that begins alike', ['Staffing', 'Admin'], [], []],
    ['a group with white space', [' Staff', 'Staff '], [], []],
    ['a property that every object has', ['constructor', '__proto__'], [], []],
    [
      'two groups of one role',
      ['Managers', 'Staff'],
      ['user', 'organization:maintainer'],
      ['user', 'worker', 'organization:maintainer'],
    ],
    ['a group twice', ['Guests', 'Staff', 'Staff'], ['user'], ['user', 'worker']],
    [
      'a group with a letter that only looks the same',
      ['Sta\ufb00', '\u017ftaff', 'STA\uff26\uff26'],
      [],
      [],
    ],
    ['a group in two spellings', ['staff', 'Staff'], ['user', 'worker'], ['user', 'worker']],
  ])('are those of the rules that fit, each once and in their order: %s', (_, groups, cased, uncased) => {
    expect(rolesOf(groups, exact)).toEqual(cased)
    expect(rolesOf(groups, lenient)).toEqual(uncased)
  })

  it('are none without a rule', () => {
    expect(rolesOf(['Staff'], { isCaseSensitive: true, rules: [] })).toEqual([])
  })

  it('may come from several rules for one group', () => {
    const twice = [...rules, { group: 'Staff', roles: ['reviewer', 'user'] }]
    expect(rolesOf(['Staff'], { isCaseSensitive: true, rules: twice })).toEqual(['user', 'reviewer'])
  })
})

describe('somebody who comes in', () => {
  const groups = ['Staff', 'Visitors']

  /** Groups and roles after the policy. */
  function broughtIn(synchronizesGroups: boolean, roles: RoleMapping = exact) {
    const connection = connectionWith({ synchronizesGroups, roles })
    const { roles: _, ...person } = admittedWith({ groups })
    const selector = createSelector(configurationWith([connection]))
    const admitted = admit(verifiedIdentity(person), connection, selector)
    return { groups: admitted.groups, roles: admitted.roles }
  }

  it('has the groups that the provider names and the roles that they give', () => {
    expect(broughtIn(true)).toEqual({ groups, roles: ['user'] })
  })

  it('has groups and no role where no rule is configured', () => {
    expect(broughtIn(true, { isCaseSensitive: true, rules: [] })).toEqual({ groups, roles: [] })
  })

  it('has neither where groups are not taken over', () => {
    expect(broughtIn(false)).toEqual({ groups: [], roles: [] })
  })

  it('brings no role of their own', () => {
    const connection = connectionWith()
    const forged = verifiedIdentity({ ...admittedWith(), roles: ['admin'] } as never)
    expect(admit(forged, connection, createSelector(configurationWith([connection]))).roles).toEqual([])
  })
})
