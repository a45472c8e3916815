/** Text in the spelling of Canonical XML 1.0 section 2.3. */
export function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#xD;')
}

/** An attribute value in the spelling of Canonical XML 1.0 section 2.3. */
export function escapeAttribute(value: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\t', '&#x9;')
    .replaceAll('\n', '&#xA;')
    .replaceAll('\r', '&#xD;')
}

/** Whether an attribute declares a namespace. */
export function isDeclaration(name: string): boolean {
  return name === 'xmlns' || name.startsWith('xmlns:')
}

/** Declarations by prefix, then attributes by name. */
export function sortedAttributes(attributes: Readonly<Record<string, string>>): [string, string][] {
  const byName = ([left]: [string, string], [right]: [string, string]) => (left < right ? -1 : 1)
  const entries = Object.entries(attributes)
  return [
    ...entries.filter(([name]) => isDeclaration(name)).sort(byName),
    ...entries.filter(([name]) => !isDeclaration(name)).sort(byName),
  ]
}
