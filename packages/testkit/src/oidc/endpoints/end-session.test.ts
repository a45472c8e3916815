import { describe, expect, it } from 'vitest'
import { client, create } from '../../test-support/create.ts'

describe('the end session endpoint', () => {
  const endSession = async (parameters: Record<string, string>) => {
    const { fetch, issuer } = await create()
    const response = await fetch(new Request(`${issuer}/end-session?${new URLSearchParams(parameters)}`))
    return [response.status, response.headers.get('location')]
  }

  it('sends the browser back to a registered address only', async () => {
    const good = {
      client_id: client.client_id,
      post_logout_redirect_uri: 'https://app.example/bye',
      state: 's',
    }
    expect(await endSession(good)).toEqual([302, 'https://app.example/bye?state=s'])
    expect(await endSession({ ...good, post_logout_redirect_uri: 'https://other.example/' })).toEqual([
      400,
      null,
    ])
    expect(await endSession({ ...good, client_id: '' })).toEqual([400, null])
    expect(await endSession({})).toEqual([200, null])
  })
})
