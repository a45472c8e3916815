import {
  type BuildOptions,
  buildResponse,
  createSamlIdentityProvider,
  createSamlKeyRing,
  defaultSamlUser,
  generateSamlKey,
  type LoginFacts,
  type SamlKeyRing,
  type SamlPersonality,
  samlPersonalities,
} from '@doorward/testkit/saml'
import { decodeBase64 } from '../../src/encoding/base64.ts'
import type { KeyPair } from '../../src/saml/sp-keys.ts'
import { providerMetadata } from '../idp-metadata.ts'
import { generateKeyPair } from '../key-pairs.ts'
import { createRandom } from '../random-configurations.ts'
import { randomDocument } from '../random-documents.ts'
import { bytesOf, type Seed, textOf } from './input.ts'
import { names, now } from './setting.ts'

/** What fuzzing begins with. */
export interface Seeds {
  readonly seeds: readonly Seed[]
  /** Ours: everybody can encrypt for it. */
  readonly keyPair: KeyPair
}

const facts: LoginFacts = {
  issuer: names.idp,
  audience: names.audience,
  acsUrl: names.acsUrl,
  inResponseTo: names.requestId,
  now,
  user: defaultSamlUser,
  ids: { response: '_response', assertion: '_assertion', session: '_session' },
}

/** Answers of every personality and protection, metadata of every kind, logout messages in both bindings, and XML. */
export async function createSeeds(): Promise<Seeds> {
  const keyPair = await generateKeyPair()
  const current = await generateSamlKey('RSA', 'current.idp.example', now)
  const keys = createSamlKeyRing('RSA', { current })
  const { certificate } = keyPair
  const answers = await answersOf(keys, certificate)
  const documents = [...answers, ...xmlSeeds(), ...(await logoutSeeds(keys)), ...metadataSeeds()]
  // Whatever is XML is something for the reader of XML too.
  const asXml = documents.filter(({ target }) => target === 'response' || target === 'metadata')
  return {
    keyPair,
    seeds: [...documents, ...asXml.map((seed): Seed => ({ ...seed, target: 'xml', verdict: 'may-succeed' }))],
  }
}

async function answersOf(keys: SamlKeyRing, certificate: string): Promise<Seed[]> {
  const protections: readonly Partial<BuildOptions>[] = [{}, { sign: 'response' }, { sign: 'both' }]
  const style = { cipher: 'aes256-gcm', keyTransport: 'rsa-oaep-mgf1p', certificate } as const
  const seeds: Seed[] = []
  for (const personality of Object.values(samlPersonalities)) {
    for (const protection of protections) {
      const options: BuildOptions = { keys, encryption: style, ...protection }
      const built = await buildResponse(facts, personality, {
        ...options,
        ...(personality.needs === 'encryption' && { encrypt: 'assertion' }),
      })
      const bytes = decodeBase64(built.parameters.get('SAMLResponse') ?? '') ?? bytesOf(built.xml)
      seeds.push({
        target: 'response',
        bytes,
        history: [`${personality.name}, signed: ${protection.sign ?? 'assertion'}`],
        certificates: built.certificates,
        verdict: verdictOn(personality, protection),
      })
    }
  }
  for (const options of goodOptions(certificate)) {
    const built = await buildResponse(facts, samlPersonalities.good, { keys, ...options })
    const { encryption, ...said } = options
    seeds.push({
      target: 'response',
      bytes: bytesOf(built.xml),
      history: [`good, ${JSON.stringify({ ...said, cipher: encryption?.cipher })}`],
      certificates: built.certificates,
      verdict:
        encryption?.cipher.endsWith('cbc') && options.sign === 'assertion' ? 'may-succeed' : 'must-succeed',
    })
  }
  return seeds
}

/** Refused for the form that the answer comes in, or by what is asked of an address: not by who reads the message. */
const refusedElsewhere = /^(email-|not-base64$|two-responses$|other-relay-state$)/

function verdictOn({ name, login }: SamlPersonality, { sign }: Partial<BuildOptions>): Seed['verdict'] {
  if (login === 'must-fail') return refusedElsewhere.test(name) ? 'may-succeed' : 'must-fail'
  // What must succeed, need not when more is signed than the personality thinks.
  return sign === undefined ? login : 'may-succeed'
}

/** Ways to protect a good answer, many of them at once. */
function goodOptions(certificate: string): readonly Partial<BuildOptions>[] {
  const signs = ['assertion', 'response', 'both'] as const
  const forms = ['exclusive', 'exclusive-with-comments', 'inclusive-1.0', 'inclusive-1.1'] as const
  const ciphers = ['aes128-gcm', 'aes256-gcm', 'aes256-cbc'] as const
  return signs.flatMap((sign) => [
    ...forms.map((canonicalization) => ({ sign, canonicalization })),
    { sign, inclusivePrefixes: ['', 'saml', 'xs'] },
    { sign, keyInfo: false },
    ...ciphers.flatMap((cipher) =>
      (['assertion', 'name-id'] as const).map((encrypt) => ({
        sign,
        encrypt,
        encryption: { cipher, keyTransport: 'rsa-oaep-mgf1p', certificate } as const,
      })),
    ),
  ])
}

function xmlSeeds(): Seed[] {
  const random = createRandom(7)
  return Array.from({ length: 100 }, (_, index) => ({
    target: 'xml',
    bytes: bytesOf(randomDocument(random, { ids: 0.3, comments: index % 4 === 0 })),
    history: [`document ${index}`],
    certificates: [],
    verdict: 'must-succeed',
  }))
}

function metadataSeeds(): Seed[] {
  return Object.entries(providerMetadata).map(([name, { xml }]) => ({
    target: 'metadata',
    bytes: bytesOf(xml),
    history: [`metadata of ${name}`],
    certificates: [],
    verdict: 'may-succeed',
  }))
}

async function logoutSeeds(keys: SamlKeyRing): Promise<Seed[]> {
  const idp = await createSamlIdentityProvider({
    baseUrl: 'https://idp.example',
    entityId: names.idp,
    now: () => now,
    savedKeys: { current: await keys.get('current') },
    serviceProviders: [
      { entityId: names.audience, acsUrls: [names.acsUrl], singleLogoutUrl: names.logoutUrl },
    ],
  })
  const seeds: Seed[] = []
  for (const relayState of [undefined, 'a state with &=+%!']) {
    for (const binding of ['redirect', 'post'] as const) {
      const message = await idp.startLogout({
        serviceProvider: names.audience,
        nameId: 'user-1',
        sessionIndexes: ['_session'],
        binding,
        ...(relayState !== undefined && { relayState }),
      })
      const text = binding === 'redirect' ? message.url.search : String(message.parameters)
      seeds.push({
        target: binding,
        bytes: bytesOf(text),
        history: [`logout by ${binding}`],
        certificates: await idp.certificates(),
        verdict: 'must-succeed',
      })
    }
  }
  return seeds
}

/** The ones that are altered: what is large is read once and takes its time. */
export function isAlterable(seed: Seed): boolean {
  return seed.bytes.length <= 40_000 && textOf(seed) !== ''
}
