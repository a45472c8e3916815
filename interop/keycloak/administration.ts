import type { Representation } from './mappers.ts'

/** Keycloak's administration, signed in to. */
export interface Administration {
  /**
   * @param path below `/admin/realms`
   * @returns what it answers, or undefined for nothing
   * @throws Error when it refuses
   */
  call(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<unknown>
  /** Sends text as it is, such as metadata. */
  convert(path: string, text: string): Promise<Representation>
}

/** The administrator of a Keycloak that lives as long as a test. */
export const ADMINISTRATOR = { name: 'admin', password: 'a-password-for-this-test-only' }

/** @param keycloak its origin */
export async function administer(keycloak: string): Promise<Administration> {
  let token = await signIn(keycloak)
  const ask = (method: string, path: string, type: string, body: string | undefined) =>
    fetch(`${keycloak}/admin/realms${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': type },
      ...(body === undefined ? {} : { body }),
    })
  const send = async (...request: Parameters<typeof ask>) => {
    let answer = await ask(...request)
    // A token is good for a minute, which a busy machine needs for less than this.
    if (answer.status === 401) {
      await answer.body?.cancel()
      token = await signIn(keycloak)
      answer = await ask(...request)
    }
    const text = await answer.text()
    if (!answer.ok) throw new Error(`Keycloak: ${request[0]} ${request[1]}: ${answer.status} ${text}`)
    return text === '' ? undefined : (JSON.parse(text) as unknown)
  }
  return {
    call: (method, path, body) =>
      send(method, path, 'application/json', body === undefined ? undefined : JSON.stringify(body)),
    convert: async (path, text) => (await send('POST', path, 'text/plain', text)) as Representation,
  }
}

async function signIn(keycloak: string): Promise<string> {
  const response = await fetch(`${keycloak}/realms/master/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({
      client_id: 'admin-cli',
      grant_type: 'password',
      username: ADMINISTRATOR.name,
      password: ADMINISTRATOR.password,
    }),
  })
  if (!response.ok) throw new Error(`Keycloak's administrator can not sign in: ${response.status}`)
  return ((await response.json()) as { access_token: string }).access_token
}
