/** A page for a person. `body` is markup: escape what came from outside. */
export function page(title: string, body: string, status = 200): Response {
  const markup = `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><body>${body}</body></html>`
  return new Response(markup, {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  })
}

/** Text made safe for element content and double-quoted attributes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

/** A form that submits itself. OAuth 2.0 Form Post Response Mode section 2, saml-bindings section 3.5.4. */
export function formPost(action: string, parameters: URLSearchParams): Response {
  const inputs = [...parameters].map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  )
  return page(
    'Signing in',
    `<form method="post" action="${escapeHtml(action)}">${inputs.join('')}<button>Continue</button></form>` +
      '<script>document.forms[0].submit()</script>',
  )
}
