import { describe, expect, it } from 'vitest'
import { account, answering, memberOf, open } from '../../test/github-scenario.ts'

describe('the organisations of a GitHub account', () => {
  const settings = { allowed_organizations: ['Acme', 'other'] }

  it('are not asked for unless the configuration wants to know', async () => {
    const { logIn, gitHub } = await open({ account: memberOf('acme') })
    await logIn()
    expect(gitHub.requests.count('/user/memberships/orgs')).toBe(0)
  })

  it('let an active member of an allowed one in, whatever the capitals', async () => {
    const { logIn, depart } = await open({ account: memberOf('unrelated', 'ACME'), settings })
    expect((await logIn()).groups).toEqual([])
    expect((await depart()).searchParams.get('scope')).toBe('user:email read:org')
  })

  it.each([
    ['is in none', {}],
    ['is in another one', memberOf('acme-corp')],
    ['was only invited', { memberships: [{ organization: 'acme', state: 'pending' as const }] }],
    [
      'is in one that does not let the application see its members',
      { memberships: [{ organization: 'acme', state: 'active' as const, restricted: true }] },
    ],
  ])('keep somebody out who %s', async (_, memberships) => {
    const { refusal } = await open({ account: memberships, settings })
    expect((await refusal()).code).toBe('organization_missing')
  })

  it('keep somebody out at the next login who was removed', async () => {
    const { logIn, refusal, gitHub } = await open({ account: memberOf('acme'), settings })
    await logIn()
    gitHub.account = account
    expect((await refusal()).code).toBe('organization_missing')
  })

  it('keep everybody out when GitHub does not list them: a scope that was not granted', async () => {
    const intercept = async (request: Request, answer: () => Promise<Response>) => {
      const url = new URL(request.url)
      return url.pathname.includes('/memberships/')
        ? new Response('{"message":"no"}', { status: 403 })
        : answer()
    }
    const { refusal } = await open({ account: memberOf('acme'), settings, intercept })
    expect(await refusal()).toMatchObject({
      code: 'provider_response_invalid',
      details: { path: '/user/memberships/orgs', status: 403 },
    })
  })

  it.each([
    ['of an invitation', { state: 'pending', organization: { login: 'acme' } }],
    ['without a state', { organization: { login: 'acme' } }],
    ['without an organisation', { state: 'active', organization: null }],
    ['of a name that is none', { state: 'active', organization: { login: 'acme/' } }],
  ])('do not count by an entry %s, whatever was asked for', async (_, membership) => {
    const intercept = answering('/user/memberships/orgs', [membership, null])
    const { refusal } = await open({ settings, intercept })
    expect((await refusal()).code).toBe('organization_missing')
  })

  it.each(['acme/admins', ''])('give no group of another name: %j', async (login) => {
    const membership = { state: 'active', organization: { login } }
    const intercept = answering('/user/memberships/orgs', [membership])
    const { logIn } = await open({ settings: { groups: 'organizations' }, intercept })
    expect((await logIn()).groups).toEqual([])
  })

  it('are not none because GitHub fails', async () => {
    const intercept = answering('/user/memberships/orgs', [], 500)
    const { refusal } = await open({ settings: { groups: 'organizations' }, intercept })
    expect((await refusal()).code).toBe('provider_response_invalid')
  })

  it('are not none because GitHub answers with something else', async () => {
    const intercept = answering('/user/memberships/orgs', { length: 0 })
    const { refusal } = await open({ settings: { groups: 'organizations' }, intercept })
    expect((await refusal()).code).toBe('provider_response_invalid')
  })

  it('are found behind a hundred entries of which one is empty', async () => {
    const pages: readonly (readonly unknown[])[] = [
      [null, ...Array.from({ length: 99 }, () => ({ state: 'pending' }))],
      [{ state: 'active', organization: { login: 'acme' } }],
    ]
    const intercept = async (request: Request, answer: () => Promise<Response>) => {
      const { pathname, searchParams } = new URL(request.url)
      const page = pages[Number(searchParams.get('page')) - 1]
      return pathname === '/user/memberships/orgs' ? Response.json(page) : answer()
    }
    const { logIn } = await open({ settings: { groups: 'organizations' }, intercept })
    expect((await logIn()).groups).toEqual(['acme'])
  })

  it.each([
    ['no organisation', { slug: 'admins' }],
    ['an organisation without a name', { slug: 'admins', organization: {} }],
    ['an organisation that is a name', { slug: 'admins', organization: 'acme' }],
    ['no name', { organization: { login: 'acme' } }],
  ])('give no group by a team with %s', async (_, team) => {
    const intercept = answering('/user/teams', [team])
    const { logIn } = await open({ account: memberOf('acme'), settings: { groups: 'teams' }, intercept })
    expect((await logIn()).groups).toEqual(['acme'])
  })

  it('are found behind the first hundred', async () => {
    const many = Array.from({ length: 250 }, (_, index) => `organization-${index}`)
    const { logIn, gitHub } = await open({ account: memberOf(...many, 'acme'), settings })
    await logIn()
    expect(gitHub.requests.count('/user/memberships/orgs')).toBe(3)
  })

  it('are not read without end', async () => {
    const many = Array.from({ length: 2000 }, (_, index) => `organization-${index}`)
    const { refusal, gitHub } = await open({ account: memberOf(...many), settings })
    expect((await refusal()).code).toBe('provider_response_invalid')
    expect(gitHub.requests.count('/user/memberships/orgs')).toBe(10)
  })

  it('are seen by a GitHub App only where it is installed', async () => {
    const permissions = { emails: true, organizations: ['acme'] }
    const opening = { settings, application: { permissions } }
    expect(await (await open({ ...opening, account: memberOf('acme') })).logIn()).toBeDefined()
    const elsewhere = await open({ ...opening, account: memberOf('other') })
    expect((await elsewhere.refusal()).code).toBe('organization_missing')
  })

  const memberships = [
    { organization: 'Acme', state: 'active' as const, teams: ['Data Engineering', 'admins'] },
    { organization: 'elsewhere', state: 'active' as const, teams: ['admins'] },
    { organization: 'invited', state: 'pending' as const, teams: ['admins'] },
  ]

  it.each([
    ['none', []],
    ['organizations', ['Acme', 'elsewhere']],
    ['teams', ['Acme', 'elsewhere', 'Acme/data-engineering', 'Acme/admins', 'elsewhere/admins']],
  ])('become groups with "groups: %s"', async (groups, expected) => {
    const { logIn } = await open({ account: { memberships }, settings: { groups } })
    expect((await logIn()).groups).toEqual(expected)
  })

  it('give roles, and no others than the allowed ones become groups', async () => {
    const mapping = [
      { group: 'acme/admins', root_role: 'admin' },
      { group: 'elsewhere/admins', root_role: 'worker' },
    ]
    const { logIn } = await open({
      account: { memberships },
      settings: { ...settings, groups: 'teams', authorization: { case_sensitive: false, mapping } },
    })
    const { groups, roles } = await logIn()
    expect(groups).toEqual(['Acme', 'Acme/data-engineering', 'Acme/admins'])
    expect(roles).toEqual(['admin'])
  })
})
