import type { Entry } from '../entry.ts'
import { mappedTo, type Trap } from '../trap.ts'

const claims = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/'

/** What Microsoft's consoles show without the rest of the name. */
const shortNames = /^(emailaddress|givenname|surname|upn)$/i
const mapped = ['uid', 'username', 'email', 'name', 'first_name', 'last_name'] as const

/** Attributes of Microsoft are named by URIs, of which consoles show the last part. */
export function attributesWithoutUri(provider: string): readonly Trap[] {
  return mapped.map((name) => ({
    code: 'attribute_without_uri',
    provider,
    protocol: 'SAML',
    key: 'attribute_mapping',
    read: (entry) => shortNameOf(entry, name),
    message: `"attribute_mapping" has but the last part of an attribute's name at "${name}"`,
    correct: (text) => `write "${name}: ${claims}${text.toLowerCase()}"`,
  }))
}

/** Beside a whole name, a short one does no harm. */
function shortNameOf(entry: Entry, name: string): string | undefined {
  const names = mappedTo(entry, 'attribute_mapping', name)
  return names.every((one) => shortNames.test(one)) ? names[0] : undefined
}
