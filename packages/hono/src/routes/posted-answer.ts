import { type BaseUrl, SsoError } from '@doorward/core'
import type { Context } from 'hono'
import type { AppEnvironment } from '../context.ts'
import { selfSubmittingPage } from '../self-submitting-page.ts'

/** A field of our own: the form was posted from our own page, so every cookie that there is has come with it. */
const POSTED_AGAIN = 'doorward_posted_again'

/** Whether a form came from our own page: it is not posted a third time. */
export function wasPostedAgain(form: URLSearchParams): boolean {
  return form.has(POSTED_AGAIN)
}

/** What an identity provider had a browser post here. */
interface PostedForm {
  /** Where it came. */
  readonly action: URL
  /** What is needed of it. */
  readonly fields: Readonly<Record<string, string>>
  /** Whether it is answered by sending the browser to the identity provider. */
  readonly leadsAway?: boolean
  /** What a person is told. */
  readonly title: string
  readonly sentence: string
}

/** What a person is told who is about to be signed in. */
export const SIGNING_IN = { title: 'Signing in', sentence: 'You are about to be signed in.' } as const

/**
 * Answers with a page of ours that posts the same form once more, with a mark: the first time it came from another site, and
 * some browsers keep all cookies from that, whatever these say.
 */
export function postAgain(
  c: Context<AppEnvironment>,
  { fields, ...form }: PostedForm,
  baseUrl: BaseUrl,
): Response {
  return selfSubmittingPage(c, { ...form, fields: { ...fields, [POSTED_AGAIN]: '1' } }, baseUrl)
}

/**
 * What is put on a page is no larger there than it came: nothing in base64 has to be escaped, once it is in one line.
 *
 * @throws SsoError `saml_xml_invalid` when it is not base64
 */
export function requireBase64(unverifiedText: string): string {
  const line = unverifiedText.replace(/[\t\n\f\r ]+/g, '')
  if (!/[^A-Za-z0-9+/=]/.test(line)) return line
  throw new SsoError('saml_xml_invalid', 'the message is not base64')
}
