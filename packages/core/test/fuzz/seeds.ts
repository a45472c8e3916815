import {
  type BuildOptions,
  buildResponse,
  createSamlIdentityProvider,
  createSamlKeyRing,
  defaultSamlUser,
  generateSamlKey,
  type LoginFacts,
  type LogoutPersonality,
  logoutPersonalities,
  type MetadataPersonalityName,
  metadataPersonalities,
  type SamlHooks,
  type SamlIdentityProvider,
  type SamlKey,
  type SamlKeyRing,
  type SamlPersonality,
  samlPersonalities,
} from '@doorward/testkit/saml'
import { decodeBase64 } from '../../src/encoding/base64.ts'
import { Secret } from '../../src/encoding/secret.ts'
import { type KeyPair, parseServiceProviderKeys } from '../../src/saml/sp-keys.ts'
import { providerMetadata } from '../idp-metadata.ts'
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
  const certificate = keyPair.certificate
  const answers = await answersOf(keys, certificate)
  const documents = [
    ...answers,
    ...xmlSeeds(),
    ...(await logoutSeeds(current)),
    ...metadataSeeds(),
    ...(await spoiltMetadataSeeds(current)),
  ]
  // Whatever is XML is something for the reader of XML too.
  const asXml = documents.filter(({ target }) => target === 'response' || target === 'metadata')
  return {
    keyPair,
    seeds: [...documents, ...asXml.map((seed): Seed => ({ ...seed, target: 'xml', verdict: 'may-succeed' }))],
  }
}

/**
 * The same personality; who it caught answers of is noted. Such an answer is a genuine one, of another person to the same
 * request: in a fuzzed message it may come to stand where it belongs.
 */
function noting(personality: SamlPersonality, note: (change: Partial<LoginFacts>) => void): SamlPersonality {
  const noted = (step: unknown) => {
    if (typeof step !== 'object' || step === null || !('capture' in step)) return step
    const { capture } = step as { capture: (change: Partial<LoginFacts>, ...more: unknown[]) => unknown }
    return {
      ...step,
      capture: (change: Partial<LoginFacts>, ...more: unknown[]) => {
        note(change)
        return capture(change, ...more)
      },
    }
  }
  const hooks = Object.entries(personality.hooks).map(([name, hook]) => {
    const wrapped: unknown = (good: never, step: unknown) => (hook as Hook)(good, noted(step))
    return [name, wrapped]
  })
  return { ...personality, hooks: Object.fromEntries(hooks) as SamlHooks }
}

type Hook = (good: unknown, step: unknown) => unknown

/** What testkit calls what is caught. */
const capturedIds = {
  response: '_captured-response',
  assertion: '_captured-assertion',
  session: '_captured-session',
}

async function answersOf(keys: SamlKeyRing, certificate: string): Promise<Seed[]> {
  const captured = new Map<string, Partial<LoginFacts>>()
  const note = (change: Partial<LoginFacts>) => captured.set(JSON.stringify(change), change)
  const protections: readonly Partial<BuildOptions>[] = [{}, { sign: 'response' }, { sign: 'both' }]
  const style = { cipher: 'aes256-gcm', keyTransport: 'rsa-oaep-mgf1p', certificate } as const
  const seeds: Seed[] = []
  for (const personality of Object.values(samlPersonalities)) {
    for (const protection of protections) {
      const options: BuildOptions = { keys, encryption: style, ...protection }
      const built = await buildResponse(facts, noting(personality, note), {
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
  for (const change of captured.values()) {
    const built = await buildResponse({ ...facts, ids: capturedIds, ...change }, samlPersonalities.good, {
      keys,
    })
    seeds.push({
      target: 'response',
      bytes: bytesOf(built.xml),
      history: [`captured, ${Object.keys(change)}`],
      certificates: built.certificates,
      verdict: 'may-succeed',
    })
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

async function spoiltMetadataSeeds(current: SamlKey): Promise<Seed[]> {
  const idp = await identityProvider(current)
  const seeds: Seed[] = []
  for (const name of Object.keys(metadataPersonalities) as MetadataPersonalityName[]) {
    idp.metadataPersonality = name
    const response = await idp.fetch(new Request(idp.metadataUrl))
    seeds.push({
      target: 'metadata',
      bytes: new Uint8Array(await response.arrayBuffer()),
      history: [`metadata, ${name}`],
      certificates: [],
      verdict: 'may-succeed',
    })
  }
  return seeds
}

function identityProvider(current: SamlKey): Promise<SamlIdentityProvider> {
  return createSamlIdentityProvider({
    baseUrl: 'https://idp.example',
    entityId: names.idp,
    now: () => now,
    savedKeys: { current },
    serviceProviders: [
      { entityId: names.audience, acsUrls: [names.acsUrl], singleLogoutUrl: names.logoutUrl },
    ],
  })
}

const logoutVerdicts = {
  'must-be-obeyed': 'must-succeed',
  'may-be-obeyed': 'may-succeed',
  'must-be-refused': 'must-fail',
} as const

async function logoutSeeds(current: SamlKey): Promise<Seed[]> {
  const idp = await identityProvider(current)
  const certificates = await idp.certificates()
  const seeds: Seed[] = []
  for (const personality of Object.values<LogoutPersonality>(logoutPersonalities)) {
    if (personality.message === 'response') continue
    for (const binding of ['redirect', 'post'] as const) {
      if (personality.binding && personality.binding !== binding) continue
      const message = await idp.startLogout({
        serviceProvider: names.audience,
        nameId: 'user-1',
        sessionIndexes: ['_session'],
        binding,
        relayState: 'a state with &=+%!',
        personality,
      })
      const text = binding === 'redirect' ? message.url.search : String(message.parameters)
      seeds.push({
        target: binding,
        bytes: bytesOf(text),
        history: [`logout by ${binding}, ${personality.name}`],
        certificates,
        verdict: logoutVerdicts[personality.logout],
      })
    }
  }
  return seeds
}

/** A key of ours, as an installation has it. */
async function generateKeyPair(): Promise<KeyPair> {
  const { privateKey: key, certificate } = await generateSamlKey('RSA', 'sso.example.com', now)
  return parseServiceProviderKeys(new Secret(JSON.stringify({ keys: [{ key, certificate }] }))).pairs[0]
}

/** The ones that are altered: what is large is read once and takes its time. */
export function isAlterable(seed: Seed): boolean {
  return seed.bytes.length <= 40_000 && textOf(seed) !== ''
}
