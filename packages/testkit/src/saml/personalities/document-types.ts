import type { SamlPersonalityEntry } from './personality.ts'

const forbidden =
  'saml-core section 1.1 has a schema and no DTD; RFC 7522 and CVE collections on XXE: refuse any DOCTYPE'

/** Puts a document type in front of the root, and something else for the NameID. */
function withDoctype(wrong: string, subset: string, nameId?: string): SamlPersonalityEntry {
  return {
    wrong,
    specification: forbidden,
    login: 'must-fail',
    hooks: {
      text(text) {
        const name = text.match(/^<([\w:.-]+)/)?.[1] ?? ''
        const changed =
          nameId === undefined ? text : text.replace(/(<(?:[\w-]+:)?NameID[^>]*>)[^<]*/, `$1${nameId}`)
        return `<!DOCTYPE ${name} ${subset}>${changed}`
      },
    },
  }
}

function laughs(): string {
  const levels = Array.from({ length: 9 }, (_, level) => {
    const below = level === 0 ? 'lol' : `&lol${level - 1};`
    return `<!ENTITY lol${level} "${below.repeat(10)}">`
  })
  return `[${levels.join('')}]`
}

/** Answers with a document type, harmless or not. */
export const documentTypes = {
  doctype: withDoctype('there is a document type that says nothing', ''),
  'doctype-with-entity': withDoctype(
    'the document type declares an entity, and the NameID consists of it',
    '[<!ENTITY who "victim">]',
    '&who;',
  ),
  'billion-laughs': withDoctype(
    'the document type declares entities that make a gigabyte of the NameID',
    laughs(),
    '&lol8;',
  ),
  'quadratic-blowup': withDoctype(
    'the document type declares a long entity, and the NameID consists of many of it',
    `[<!ENTITY long "${'a'.repeat(50_000)}">]`,
    '&long;'.repeat(5000),
  ),
  'external-entity': withDoctype(
    'the document type declares a file as an entity, and the NameID consists of it',
    '[<!ENTITY file SYSTEM "file:///etc/hostname">]',
    '&file;',
  ),
  'external-document-type': withDoctype(
    'the document type is at an address',
    'SYSTEM "http://127.0.0.1:9/never.dtd"',
  ),
  'parameter-entity': withDoctype(
    'the document type fetches declarations from an address',
    '[<!ENTITY % more SYSTEM "http://127.0.0.1:9/never.dtd"> %more;]',
  ),
  'default-attribute': withDoctype(
    'the document type adds a default namespace to elements, and only some readers see it',
    '[<!ATTLIST Assertion xmlns CDATA "urn:oasis:names:tc:SAML:2.0:assertion">]',
  ),
} as const satisfies Record<string, SamlPersonalityEntry>
