import type { KeyName, SamlKeyRing } from '../crypto/key-ring.ts'
import { instant } from '../encoding.ts'
import { keyDescriptor, type MetadataContent } from '../metadata.ts'
import { bindingUri, ns } from '../names.ts'
import { all, clone, element, first, insertBefore, replace, type XmlElement } from '../xml/tree.ts'
import { indent, remove } from './edits.ts'
import type { Awaitable } from './personality.ts'

/** What is known while metadata is made. */
interface MetadataStep {
  readonly keys: SamlKeyRing
  /** Milliseconds since 1970. */
  readonly now: number
}

/** The steps of metadata at which a personality can act, in their order. */
interface MetadataHooks {
  content?(good: MetadataContent, step: MetadataStep): Awaitable<MetadataContent>
  tree?(good: XmlElement, step: MetadataStep): Awaitable<XmlElement>
  text?(good: string): string
  response?(good: Response): Response
}

/** One way for metadata to be: a single named change from good. */
export interface MetadataPersonality {
  readonly name: string
  /** What is wrong, in one line. */
  readonly wrong: string
  readonly specification: string
  /** What a correct service provider makes of it. After `may-be-used` read `wrong`. */
  readonly metadata: 'must-be-used' | 'may-be-used' | 'must-be-refused'
  /** Keys whose certificates it has; defaults to those of the personality of answers. */
  readonly publishes?: readonly KeyName[]
  readonly hooks: MetadataHooks
}

type MetadataPersonalityEntry = Omit<MetadataPersonality, 'name'>

const day = 86_400_000

const spec = 'saml-metadata section'
const https = 'no specification: whoever can read or change the way there is the provider'

function refused(wrong: string, specification: string, hooks: MetadataHooks): MetadataPersonalityEntry {
  return { wrong, specification, metadata: 'must-be-refused', hooks }
}

function used(wrong: string, specification: string, hooks: MetadataHooks): MetadataPersonalityEntry {
  return { wrong, specification, metadata: 'must-be-used', hooks }
}

/** Changes every element of this name. */
function each(name: string, change: (found: XmlElement) => void): MetadataHooks {
  return {
    tree(root) {
      all(root, name).forEach(change)
      return root
    },
  }
}

/** Other entities around the good one. */
function entities(...others: readonly ((good: XmlElement) => XmlElement)[]): MetadataHooks {
  return {
    tree: (good) =>
      element(
        'md:EntitiesDescriptor',
        { 'xmlns:md': ns.md },
        ...others.map((other) => other(clone(good))),
        good,
      ),
  }
}

function responding(status: number, headers: Readonly<Record<string, string>> = {}): MetadataHooks {
  return { response: () => new Response('', { status, headers }) }
}

const entries = {
  good: used('nothing', `${spec} 2.4.3`, {}),
  'key-rollover': {
    ...used('nothing: there are two keys, and either may sign', `${spec} 2.4.1.1`, {}),
    publishes: ['current', 'next'],
  },
  'keys-without-use': used(
    'nothing: the key is for every use',
    `${spec} 2.4.1.1`,
    each('KeyDescriptor', ({ attributes }) => delete attributes['use']),
  ),
  'encryption-key': used(
    "nothing: there is a key for encryption, which must not verify anything: a stranger's",
    `${spec} 2.4.1.1`,
    {
      async tree(root, { keys }) {
        insertBefore(
          root,
          first(root, 'KeyDescriptor'),
          keyDescriptor((await keys.get('stranger')).certificate, 'encryption'),
        )
        return root
      },
    },
  ),
  'pretty-printed': used(
    'nothing: there are lines, comments and an XML declaration',
    'Extensible Markup Language (XML) 1.0 section 2.5',
    {
      tree(root) {
        indent(root)
        root.children.unshift({ comment: ' who we are ' })
        return root
      },
      text: (text) => `<?xml version="1.0" encoding="UTF-8"?>\n<!-- for everybody -->\n${text}\n`,
    },
  ),
  'valid-until-tomorrow': used('nothing: it is valid until tomorrow', `${spec} 2.3.2`, {
    content: (good, { now }) => ({ ...good, validUntil: instant(now + day) }),
  }),
  'among-others': {
    ...used('nothing: other entities are in the same document', `${spec} 2.3.1`, entities(renamed)),
    metadata: 'may-be-used',
  },
  'service-provider-too': used(
    'nothing: the provider is a service provider as well, with another key',
    `${spec} 2.4.4`,
    {
      async tree(root, { keys }) {
        const { certificate } = await keys.get('stranger')
        const role = element(
          'md:SPSSODescriptor',
          { protocolSupportEnumeration: ns.samlp },
          keyDescriptor(certificate, 'signing'),
        )
        root.children.unshift(role)
        return root
      },
    },
  ),
  'post-only': used(
    'nothing: only the POST binding is offered',
    'saml-profiles section 4.1.3.3',
    without('SingleSignOnService', bindingUri.redirect),
  ),
  'redirect-only': used(
    'nothing: only the redirect binding is offered',
    'saml-profiles section 4.1.3.3',
    without('SingleSignOnService', bindingUri.post),
  ),
  expired: refused('it was valid until yesterday', `${spec} 2.3.2`, {
    content: (good, { now }) => ({ ...good, validUntil: instant(now - day) }),
  }),
  'valid-until-unparsable': refused('until when it is valid is no date', `${spec} 2.3.2`, {
    content: (good) => ({ ...good, validUntil: 'tomorrow' }),
  }),
  'other-entity-id': refused('it is about another provider', `${spec} 2.3.2`, {
    content: (good) => ({ ...good, entityId: 'https://another-idp.example/metadata' }),
  }),
  'only-others': refused('it is about others, and not about this provider', `${spec} 2.3.1`, {
    tree: (good) => element('md:EntitiesDescriptor', { 'xmlns:md': ns.md }, renamed(good)),
  }),
  'entity-twice': refused("the provider is in it twice, first with a stranger's key", `${spec} 2.3.1`, {
    async tree(good, { keys }) {
      const other = clone(good)
      first(other, 'X509Certificate').children = [(await keys.get('stranger')).certificate]
      return element('md:EntitiesDescriptor', { 'xmlns:md': ns.md }, other, good)
    },
  }),
  'no-keys': refused('there is no key', `${spec} 2.4.1.1`, {
    content: (good) => ({ ...good, signingCertificates: [] }),
  }),
  'encryption-key-only': refused(
    'the only key is for encryption',
    `${spec} 2.4.1.1`,
    each('KeyDescriptor', ({ attributes }) => {
      attributes['use'] = 'encryption'
    }),
  ),
  'weak-key': {
    ...refused('the key has 1024 bits', 'NIST SP 800-131A revision 2 section 3', {}),
    publishes: ['weak'],
  },
  'broken-certificate': refused('the certificate is none', `${spec} 2.4.1.1`, {
    content: (good) => ({ ...good, signingCertificates: ['bm90IGEgY2VydGlmaWNhdGU='] }),
  }),
  'no-sign-on': refused('there is no address for logins', `${spec} 2.4.3: one or more`, {
    tree(root) {
      remove(root, 'SingleSignOnService')
      return root
    },
  }),
  'artifact-only': refused(
    'logins are offered by a binding that nobody speaks',
    'saml-profiles section 4.1.2',
    each('SingleSignOnService', ({ attributes }) => {
      attributes['Binding'] = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact'
    }),
  ),
  'endpoint-on-http': refused(
    'the address for logins is not encrypted',
    https,
    each('SingleSignOnService', ({ attributes }) => {
      attributes['Location'] = 'http://idp.example/sso'
    }),
  ),
  'script-as-endpoint': refused(
    'the address for logins is a script',
    'CWE-79',
    each('SingleSignOnService', ({ attributes }) => {
      attributes['Location'] = 'javascript:alert(1)'
    }),
  ),
  'saml-1.1-only': refused(
    'the provider does not speak SAML 2.0',
    `${spec} 2.4.1: protocolSupportEnumeration`,
    each('IDPSSODescriptor', ({ attributes }) => {
      attributes['protocolSupportEnumeration'] = 'urn:oasis:names:tc:SAML:1.1:protocol'
    }),
  ),
  'service-provider-only': refused(
    'it is the metadata of a service provider',
    `${spec} 2.4.4`,
    each('IDPSSODescriptor', (found) => {
      found.name = 'md:SPSSODescriptor'
    }),
  ),
  doctype: refused('it has a document type', 'CWE-611', {
    text: (text) => `<!DOCTYPE x [<!ENTITY a "b">]>${text}`,
  }),
  html: refused('it is a page for people', `${spec} 4.1`, {
    text: () => '<!doctype html><title>Sign in</title>',
  }),
  truncated: refused('it breaks off', 'Extensible Markup Language (XML) 1.0 section 2.1', {
    text: (text) => text.slice(0, text.length / 2),
  }),
  empty: refused('it is empty', 'Extensible Markup Language (XML) 1.0 section 2.1', { text: () => '' }),
  oversize: refused('it is behind twenty million blanks', 'no specification: bound what is read', {
    text: (text) => text.replace(/>/, `>${' '.repeat(20_000_000)}`),
  }),
  'not-found': refused('there is none', 'RFC 9110 section 15.5.5', responding(404)),
  'server-error': refused('the provider has a fault', 'RFC 9110 section 15.6.1', responding(500)),
  'redirect-elsewhere': refused(
    'it is said to be at another address, in the network of the service provider',
    'CWE-918',
    responding(302, { location: 'http://127.0.0.1:9/metadata' }),
  ),
} as const satisfies Record<string, MetadataPersonalityEntry>

/** The same metadata of another provider. */
function renamed(good: XmlElement): XmlElement {
  const other = clone(good)
  other.attributes['entityID'] = 'https://another-idp.example/metadata'
  return other
}

/** Takes away the endpoints of one binding. */
function without(name: string, binding: string): MetadataHooks {
  return {
    tree(root) {
      for (const found of all(root, name)) if (found.attributes['Binding'] === binding) replace(root, found)
      return root
    },
  }
}

/** Every name in the table. */
export type MetadataPersonalityName = keyof typeof entries

/** Every way for metadata to be, by name. */
export const metadataPersonalities: Readonly<Record<MetadataPersonalityName, MetadataPersonality>> =
  Object.fromEntries(
    Object.entries<MetadataPersonalityEntry>(entries).map(([name, entry]) => [name, { name, ...entry }]),
  ) as Record<MetadataPersonalityName, MetadataPersonality>
