import type { Module } from '../module.ts'

export const module: Module = {
  outcome:
    'A login that another site begins, by GET or POST, is an ordinary one with a state and a nonce of ours.',
  async test({ expect, provider, person, url, expectSignedIn }) {
    const [one, other] = [person(), person()]
    const fields = new URLSearchParams({ iss: provider.issuer, target_link_uri: '/deep' })
    const starts = [
      { who: one, answer: await one.browser.navigate(`${url('initiate-login/')}?${fields}`) },
      { who: other, answer: await other.browser.post(url('initiate-login/'), fields) },
    ]
    for (const { who, answer } of starts) {
      expect(answer.status).toBe(303)
      const completed = await who.bring(await who.visit(answer.headers.get('location') ?? ''))
      await expectSignedIn(who, completed)
      expect(completed.headers.get('location')).toBe('/deep')
    }
    for (const { parameters } of await provider.seen('authorization')) {
      expect(parameters).toMatchObject({ state: expect.any(String), nonce: expect.any(String) })
    }
  },
  asked: { authorization: 2 },
}
