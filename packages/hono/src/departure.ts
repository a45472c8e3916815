import type { BaseUrl, Departure } from '@doorward/core'
import type { Context } from 'hono'
import type { AppEnvironment } from './context.ts'
import { selfSubmittingPage } from './self-submitting-page.ts'

/** What a person reads who leaves by a form, and where we are. */
interface DepartureOptions {
  readonly title: string
  readonly sentence: string
  readonly baseUrl: BaseUrl
}

/** Sends the browser to an identity provider. */
export function depart(
  c: Context<AppEnvironment>,
  departure: Departure,
  { title, sentence, baseUrl }: DepartureOptions,
): Response {
  if (departure.kind === 'redirect') return c.redirect(departure.url.href, 302)
  return selfSubmittingPage(c, { ...departure, title, sentence }, baseUrl)
}
