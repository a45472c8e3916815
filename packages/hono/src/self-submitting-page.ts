import { type BaseUrl, isLoopback } from '@doorward/core'
import type { Context } from 'hono'
import type { AppEnvironment } from './context.ts'

/** A form that a browser is to post, and what a person is told about it. */
interface SelfSubmittingForm {
  readonly action: URL
  /** By name; any text. */
  readonly fields: Readonly<Record<string, string>>
  /** Whether what answers at our own address may send the browser on to another site. */
  readonly leadsAway?: boolean | undefined
  /** What happens now, in two words. */
  readonly title: string
  /** The same in one sentence. */
  readonly sentence: string
}

/** The same for everybody: what differs is in the form, where it is text and nothing else. */
const SCRIPT = "document.querySelector('button').click()"

/** Of {@link SCRIPT}, as [CSP](https://www.w3.org/TR/CSP3/#grammardef-hash-source) writes it; a test computes it. */
const SCRIPT_HASH = 'sha256-jtFS3TFgRfWVgOunDwE8A/rjk5yqyS9zL17F8VLNd2o='

/** The login page's look (apps/login/src/app.css), as far as a heading, a sentence and a button need it. */
const STYLE = `
body { margin: 0; background: #f4f3ee; color: #1a2220; font: 1rem / 1.55 -apple-system, "Segoe UI", Roboto, sans-serif }
main { max-width: 26rem; margin: 20vh auto 0; padding: 1.5rem }
h1 { margin: 0; font-size: 1.625rem; line-height: 1.22 }
button { min-height: 3rem; padding: 0 1.5rem; border: 1px solid transparent; border-radius: 0.75rem; background: #0b5a52; color: #fff; font: inherit; font-weight: 600 }
:focus-visible { outline: 3px solid #0b5a52; outline-offset: 3px }
@media (prefers-color-scheme: dark) {
body { background: #0f1413; color: #edf1ef }
button { background: #7ad3c3; color: #06211d }
:focus-visible { outline-color: #7ad3c3 }
}
`

/** Of {@link STYLE}, likewise. */
const STYLE_HASH = 'sha256-bjjzh+OfgWLhfspg5envS2rVUOl5aKYfDEDGo47ucl0='

/**
 * Answers with a page that posts a form at once, or when the person presses its button where scripts do not run. Nothing
 * else on it runs or loads, whatever the fields say.
 *
 * @param baseUrl ours: only where that is on this machine may the form go to this machine without https
 */
export function selfSubmittingPage(
  c: Context<AppEnvironment>,
  { action, fields, leadsAway, title, sentence }: SelfSubmittingForm,
  baseUrl: BaseUrl,
): Response {
  const inputs = Object.entries(fields).map(
    ([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`,
  )
  c.set('contentSecurityPolicy', policy(action, baseUrl, leadsAway))
  return c.html(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
<p>${escaped(sentence)}</p>
<form method="post" action="${escaped(action.href)}">
${inputs.join('\n')}
<button>Continue</button>
</form>
</main>
<script>${SCRIPT}</script>
</body>
</html>
`)
}

/**
 * `form-action` holds for the redirects that follow the post as well. Nobody knows where those of an identity provider lead:
 * to https. Ours stay here, where nothing else is said.
 */
function policy(
  action: URL,
  baseUrl: BaseUrl,
  leadsAway = action.origin !== new URL(baseUrl).origin,
): string {
  const { hostname } = new URL(baseUrl)
  const local = isLoopback(hostname) ? ' http://localhost:* http://127.0.0.1:*' : ''
  const elsewhere = leadsAway ? ` https:${local}` : ''
  return [
    "default-src 'none'",
    `script-src '${SCRIPT_HASH}'`,
    `style-src '${STYLE_HASH}'`,
    `form-action 'self'${elsewhere}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** Text that stays text, between tags and between quotes. A line end is one too, or the parser would make another of it. */
function escaped(text: string): string {
  return text.replace(/[&<>"'`\r\n]/g, (character) => `&#${character.charCodeAt(0)};`)
}
