import type { BackChannel } from '../back-channel/back-channel.ts'
import { isJsonObject, type JsonObject } from '../encoding/json-object.ts'
import type { SsoError } from '../errors/index.ts'
import { askProfile, objectOf, type ProfileAnswer, unusable } from './profile.ts'

/** What `/user` says, as far as it was looked at: a number that nobody else has. */
interface GitHubUser {
  readonly id: number
  readonly login?: unknown
  readonly name?: unknown
  readonly avatar_url?: unknown
}

/** GitHub's REST API, asked in the name of one person. */
export interface GitHubApi {
  /** @throws SsoError `provider_response_invalid`, or one of the provider codes */
  getUser(): Promise<GitHubUser>
  /** Why an answer is of no use. */
  unusable(path: string, status: number): SsoError
  /** Whatever it answers. @throws SsoError one of the provider codes */
  ask(path: string): Promise<ProfileAnswer>
  /**
   * All of a list, page by page.
   *
   * @throws SsoError `provider_response_invalid` when it is none, or longer than {@link MAX_PAGES} pages: to leave some
   *   out could let somebody in
   */
  list(path: string): Promise<readonly JsonObject[]>
}

/** As many as GitHub gives at a time. */
const PAGE_SIZE = 100

/** How many of those are read of one list. */
const MAX_PAGES = 10

const HEADERS = {
  accept: 'application/vnd.github+json',
  // Requests without a name are refused: https://docs.github.com/rest/using-the-rest-api/getting-started-with-the-rest-api
  'user-agent': 'Doorward',
  // Older installations of GitHub Enterprise Server know this one: https://docs.github.com/rest/about-the-rest-api/api-versions
  'x-github-api-version': '2022-11-28',
}

/** @param apiUrl without a final slash */
export function createGitHubApi(apiUrl: string, accessToken: string, backChannel: BackChannel): GitHubApi {
  const questionOf = (path: string) => ({ url: `${apiUrl}${path}`, accessToken, headers: HEADERS })
  const ask = (path: string) => askProfile(questionOf(path), backChannel)

  const useless = (path: string, status: number) => unusable(status, questionOf(path).url)

  async function getPage(path: string, page: number): Promise<readonly unknown[]> {
    const query = `${path.includes('?') ? '&' : '?'}per_page=${PAGE_SIZE}&page=${page}`
    const { status, body } = await ask(`${path}${query}`)
    if (status !== 200 || !Array.isArray(body)) throw useless(path, status)
    return body
  }

  return {
    ask,
    unusable: useless,
    async getUser() {
      const user = objectOf(await ask('/user'), questionOf('/user'))
      const { id } = user
      if (!Number.isSafeInteger(id) || Number(id) <= 0) throw useless('/user', 200)
      return { ...user, id: id as number }
    },
    async list(path) {
      const items: unknown[] = []
      for (let page = 1; page <= MAX_PAGES; page++) {
        const found = await getPage(path, page)
        items.push(...found)
        if (found.length < PAGE_SIZE) return items.filter(isJsonObject)
      }
      throw useless(path, 200)
    },
  }
}
