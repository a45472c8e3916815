import { mappedTo, type Trap } from '../trap.ts'

const xmlsoap = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/'
const microsoft = 'http://schemas.microsoft.com/identity/claims/'
const federation = 'http://schemas.microsoft.com/ws/2008/06/identity/claims/'

/** Where the names begin of which Microsoft's consoles show the last part. Nobody calls a claim so without meaning these. */
const namespaces: Readonly<Record<string, string>> = {
  emailaddress: xmlsoap,
  givenname: xmlsoap,
  surname: xmlsoap,
  upn: xmlsoap,
  nameidentifier: xmlsoap,
}

/** The same at Entra ID alone; at AD FS people type names of their own. */
const entraNamespaces: Readonly<Record<string, string>> = {
  ...namespaces,
  objectidentifier: microsoft,
  displayname: microsoft,
}

/** What a claim of one's own may be called at Entra ID too. */
const ambiguous: Readonly<Record<string, string>> = { name: xmlsoap, groups: federation, role: federation }

const mapped = ['uid', 'username', 'email', 'name', 'first_name', 'last_name', 'groups'] as const

/** Attributes of Microsoft are named by URIs, of which consoles show the last part. */
export function attributesWithoutUri(provider: 'azure' | 'adfs'): readonly Trap[] {
  const known = provider === 'azure' ? { ...entraNamespaces, ...ambiguous } : namespaces
  const isShort = (name: string) => Object.hasOwn(known, name.toLowerCase())
  return mapped.map((key) => ({
    code: 'attribute_without_uri',
    provider,
    protocol: 'SAML',
    key: 'attribute_mapping',
    item: key,
    read(entry) {
      const names = mappedTo(entry, 'attribute_mapping', key)
      // Beside a whole name, a short one does no harm.
      return names.every(isShort) ? names[0] : undefined
    },
    message: `"attribute_mapping" has but the last part of an attribute's name at "${key}"`,
    correct(text) {
      const short = text.toLowerCase()
      const write = `write "${key}: ${known[short]}${short}"`
      return Object.hasOwn(ambiguous, short)
        ? `${write}; if there is a claim of your own by the short name, both of them, as a list`
        : write
    },
  }))
}
