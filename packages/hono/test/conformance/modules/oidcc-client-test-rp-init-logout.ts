import type { Module } from '../module.ts'

export const module: Module = {
  outcome:
    'Who signs out here is signed out at the provider, told by the ID Token who it is about, and comes back to a page that says so.',
  async test({ expect, provider, person, url }) {
    const one = person()
    await one.signIn()
    const back = await one.signOut()
    expect(await one.session()).toBeUndefined()
    const [request] = await provider.seen('end_session')
    expect(request?.parameters).toMatchObject({
      id_token_hint: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      post_logout_redirect_uri: url('post-logout/'),
      state: expect.stringMatching(/^[\w-]{22,}$/),
    })
    expect((await one.bring(back)).headers.get('location')).toContain('signed_out=everywhere')
  },
}
