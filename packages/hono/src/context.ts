import type { ReturnTo } from '@doorward/core'

/** What travels with a request through middleware and routes. */
export interface AppEnvironment {
  Variables: {
    /** Names this request, to the person and in the event log. */
    requestId: string
    /** The connection that the request is about, once that is known. */
    connection?: string
    /** Whether it is about signing out there: a refusal is not that of a login then. */
    isLogout?: boolean
    /** Where the person wanted to go, once that is known and checked; kept so that a second try leads there too. */
    returnTo?: ReturnTo
    /** Whether an operator's token came with it: then the answer may say what the event log says. */
    isOperator?: boolean
    /** Whether the person was to sign in anew: a second try must ask for that as well. */
    forceLogin?: boolean
    /** What a page of ours may do; the answers without one are no pages, and nothing in them may do anything. */
    contentSecurityPolicy?: string
    /** The origins whose pages may show the answer in a frame; no page may where there are none. */
    framedBy?: readonly string[]
  }
}
