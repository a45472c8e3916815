import type { DemoUser } from './users.ts'

/** What a demo provider's sign-in page shows. */
interface Interaction {
  /** What the provider is called. */
  readonly title: string
  /** Where the answer goes. */
  readonly action: string
  readonly users: readonly DemoUser[]
  /** Who was meant, where that is known: comes first. */
  readonly loginHint?: string | undefined
  /** Whether the application can be told that somebody does not want to. */
  readonly canCancel: boolean
}

/** A demo provider's sign-in page: one button for each user. */
export function interactionPage({ title, action, users, loginHint, canCancel }: Interaction): string {
  const meant = users.filter((user) => user.email === loginHint)
  const ordered = [...meant, ...users.filter((user) => !meant.includes(user))]
  const buttons = ordered.map(
    (user) => `
      <button name="account" value="${escapeHtml(user.sub)}">
        <strong>${escapeHtml(user.email)}</strong><span>${escapeHtml(user.purpose)}</span>
      </button>`,
  )
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>${escapeHtml(title)}</title>
    <style>${STYLE}</style>
  </head>
  <body>
    <main>
      <h1>${escapeHtml(title)}</h1>
      <p>This stands in for your company's login. There are no passwords here: choose who you are.</p>
      <form method="post" action="${escapeHtml(action)}">${buttons.join('')}${canCancel ? CANCEL : ''}
      </form>
    </main>
  </body>
</html>`
}

const CANCEL = `
      <button name="account" value="" class="quiet">Cancel</button>`

const STYLE = `
  :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
  body { margin: 0; padding: 2rem 1rem; background: light-dark(#eef1f4, #15181c) }
  main { max-width: 26rem; margin: 0 auto }
  form { display: grid; gap: .75rem; margin-top: 1.5rem }
  button { display: grid; padding: .75rem 1rem; font: inherit; text-align: start; cursor: pointer; color: inherit;
    background: light-dark(#fff, #22272e); border: 1px solid light-dark(#9aa5b1, #5c6773); border-radius: .5rem }
  button:hover { border-color: currentcolor }
  button:focus-visible { outline: 3px solid light-dark(#1a5fb4, #8ab8ff); outline-offset: 2px }
  button span { font-size: .875rem }
  .quiet { background: none; border-color: transparent; text-align: center }
`

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
