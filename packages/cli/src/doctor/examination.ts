import type { Fetch } from '@doorward/core'
import type { BaseUrl } from '@doorward/core/config'
import { type BackChannel, openBackChannel } from '@doorward/core/oidc'
import type { HostLook } from './host.ts'

/** What examining needs of the world. */
export interface Examination {
  readonly baseUrl: BaseUrl
  readonly fetch: Fetch
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** How long one answer may take, in milliseconds; never longer than a login would wait. */
  readonly patience: number
  /** Looks at the TLS certificate of `host`, which is a host and perhaps a port; the same host once only. */
  readonly lookAt: (host: string) => Promise<HostLook>
}

/** The head of an answer, with what the login's own code has no use for. */
export interface Answer {
  readonly url: string
  readonly location: string | undefined
  readonly contentType: string | undefined
  readonly date: string | undefined
  /** For how long a cache kept it, in seconds. */
  readonly age: string | undefined
  /** Milliseconds since the epoch, by this machine's clock. */
  readonly askedAt: number
  readonly answeredAt: number
}

/** A back channel that remembers what came in, beside what the login's own code makes of it. */
export interface WatchedChannel {
  readonly channel: BackChannel
  /** The last answer, as far as there was one. */
  readonly answer: () => Answer | undefined
  /** The JSON object that came, if one did. */
  readonly document: () => Readonly<Record<string, unknown>> | undefined
}

/** Opens the back channel of logins, and writes down all answers in `answers`. */
export function watch({ fetch, baseUrl, patience, now }: Examination, answers: Answer[]): WatchedChannel {
  let document: Readonly<Record<string, unknown>> | undefined
  let answer: Answer | undefined
  const watched: Fetch = async (url, init) => {
    const askedAt = now()
    const response = await fetch(url, init)
    const header = (name: string) => response.headers.get(name) ?? undefined
    answer = {
      url,
      location: header('location'),
      contentType: header('content-type'),
      date: header('date'),
      age: header('age'),
      askedAt,
      answeredAt: now(),
    }
    answers.push(answer)
    return response
  }
  const channel = openBackChannel(watched, baseUrl, patience)
  return {
    channel: {
      ...channel,
      async getJson(url) {
        document = await channel.getJson(url)
        return document
      },
    },
    answer: () => answer,
    document: () => document,
  }
}
