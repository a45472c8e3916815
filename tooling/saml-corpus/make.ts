import {
  buildResponse,
  createSamlKeyRing,
  defaultSamlUser,
  generateSamlKey,
  type KeyName,
  type KeyType,
  type LoginFacts,
  type SamlKey,
} from '@doorward/testkit/saml'
import type { Attack } from '../../packages/core/test/saml-corpus/attacks.ts'
import type {
  AcceptCaseFile,
  AcceptedIdentity,
  CertificateName,
  CorpusCase,
  RejectCaseFile,
  SharedFacts,
} from '../../packages/core/test/saml-corpus/case.ts'
import { parties } from '../../packages/core/test/saml-corpus/outcome.ts'
import { type PlannedCase, personalityOf } from './planned-case.ts'

/** When the person logs in. */
export const now: number = Date.UTC(2026, 0, 1, 12)

const HOUR = 60 * 60 * 1000

const facts: LoginFacts = {
  issuer: parties.entityId,
  audience: parties.audience,
  acsUrl: parties.acsUrl,
  inResponseTo: '_request-1',
  now,
  user: defaultSamlUser,
  ids: { response: '_response-1', assertion: '_assertion-1', session: '_session-1' },
}

/** Who comes in, where a case says nothing else. The subject is what the NameID makes it. */
const usual: Omit<AcceptedIdentity, 'subject'> = {
  email: 'user@acme.example',
  emailVerified: false,
  username: 'user',
  name: undefined,
  givenName: 'User',
  familyName: 'One',
  picture: undefined,
  groups: ['staff', 'engineering'],
  nameId: {
    value: 'user-1',
    format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
    nameQualifier: undefined,
    spNameQualifier: undefined,
  },
  sessionIndex: '_session-1',
  sessionEndsAt: now + 8 * HOUR,
}

const keyTypes: Readonly<Record<CertificateName, KeyType>> = {
  current: 'RSA',
  next: 'RSA',
  stranger: 'RSA',
  weak: 'RSA-1024',
  p256: 'P-256',
  p384: 'P-384',
  p521: 'P-521',
  ed25519: 'Ed25519',
}

/** A response as it will be kept, and how much of it was left out. */
export interface MadeResponse {
  readonly response: CorpusCase['response']
  readonly filled: { readonly text: string; readonly times: number } | undefined
}

/** What makes responses, and what has to be known to judge them. */
export interface Maker {
  readonly shared: SharedFacts
  make(planned: PlannedCase): Promise<MadeResponse>
}

/** Makes keys, which are gone when this ends: only ours are written down. */
export async function createMaker(): Promise<Maker> {
  const names = Object.keys(keyTypes) as CertificateName[]
  const keys = Object.fromEntries(
    await Promise.all(
      names.map(
        async (name) => [name, await generateSamlKey(keyTypes[name], `${name}.idp.example`, now)] as const,
      ),
    ),
  ) as Record<CertificateName, SamlKey>
  const ours = [
    await generateSamlKey('RSA', 'current.sso.example.com', now),
    await generateSamlKey('RSA', 'next.sso.example.com', now),
  ]
  const shared: SharedFacts = {
    note: 'TEST KEY: the private keys in this file are for the cases beside it, and for nothing else.',
    now,
    requestId: '_request-1',
    certificates: Object.fromEntries(
      names.map((name) => [name, keys[name].certificate]),
    ) as SharedFacts['certificates'],
    serviceProviderKeys: {
      keys: ours.map(({ privateKey, certificate }) => ({ key: privateKey, certificate })),
    },
  }
  return { shared, make: (planned) => makeResponse(planned, keys, shared) }
}

async function makeResponse(
  planned: PlannedCase,
  keys: Readonly<Record<CertificateName, SamlKey>>,
  { serviceProviderKeys }: SharedFacts,
): Promise<MadeResponse> {
  const { signer = 'current', protection, filled } = planned
  const { current: _, ...others } = keys
  const saved = { ...others, current: keys[signer] } satisfies Partial<Record<KeyName, SamlKey>> & object
  const certificate = serviceProviderKeys.keys[0]?.certificate ?? ''
  const { parameters } = await buildResponse({ ...facts, ...planned.facts }, personalityOf(planned), {
    keys: createSamlKeyRing('RSA', saved),
    encryption: { cipher: 'aes256-gcm', keyTransport: 'rsa-oaep-mgf1p', certificate },
    ...protection,
  })
  const octets = Buffer.from(parameters.get('SAMLResponse') ?? '', 'base64')
  const text = octets.toString('utf8')
  return {
    response: isPlain(text, octets) ? { xml: text } : { base64: octets.toString('base64') },
    filled: filled && {
      text: filled.text,
      times:
        'octets' in filled
          ? filled.octets - octets.length
          : filled.elements - (text.match(/<[^/?!]/g)?.length ?? 0),
    },
  }
}

/** Whether it is text that an editor and git show as it is. */
function isPlain(text: string, octets: Buffer): boolean {
  return Buffer.from(text).equals(octets) && !/(?![\t\n\r])\p{Cc}|[\ufeff\ufffe\uffff]/u.test(text)
}

/** Who somebody is by a NameID: of another format or with other qualifiers it is somebody else. */
function subjectBy({ value, format, nameQualifier, spNameQualifier }: AcceptedIdentity['nameId']): string {
  const us = spNameQualifier === parties.audience ? undefined : spNameQualifier
  const them = nameQualifier === parties.entityId ? undefined : nameQualifier
  if (format === undefined || format.endsWith(':unspecified')) return value
  return `${value}\n${JSON.stringify([format ?? null, them ?? null, us ?? null])}`
}

/** A `case.json`. */
export function describeCase(
  { name, verdict, specification, expected }: PlannedCase,
  filled: MadeResponse['filled'],
  attacks: readonly Attack[],
): AcceptCaseFile | RejectCaseFile {
  const common = { specification, ...(expected && { expected }), ...(filled && { filled }) }
  if (verdict.kind === 'accept') {
    const { about, identity } = verdict
    const person = { ...usual, ...identity }
    return { about, ...common, identity: { subject: subjectBy(person.nameId), ...person } }
  }
  const { change, base, code, reason } = verdict
  const ids = attacks.filter(({ cases }) => cases.includes(name)).map(({ id }) => id)
  return { change, base, ...common, code, reason, ...(ids.length > 0 && { attacks: ids }) }
}

/** Reads `shared.TEST-KEY.json`. */
export function readShared(text: string): SharedFacts {
  return JSON.parse(text) as SharedFacts
}
