const PLACE = /(<!-- generated: (\w+) -->\n)[\s\S]*?(<!-- \/generated -->)/g

/**
 * Puts texts into the places that a document has for them: between `<!-- generated: NAME -->` and
 * `<!-- /generated -->`.
 *
 * @throws Error when a text has no place or a place no text: then one of the two was renamed
 */
export function replaceMarked(document: string, texts: Readonly<Record<string, string>>): string {
  const used = new Set<string>()
  const replaced = document.replace(PLACE, (_, begin: string, name: string, end: string) => {
    const text = texts[name]
    if (text === undefined) throw new Error(`nothing is generated for the place "${name}"`)
    used.add(name)
    return `${begin}\n${text}\n\n${end}`
  })
  const unused = Object.keys(texts).filter((name) => !used.has(name))
  if (unused.length > 0) throw new Error(`there is no place for ${unused.join(', ')}`)
  return replaced
}
