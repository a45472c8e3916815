import type { SamlConnection } from '../../connection.ts'
import { type Entry, readEntry, textOf } from '../entry.ts'

/**
 * How an identity provider encrypts, where such an answer is refused unless something is changed there. Neither the
 * configuration nor metadata says whether it encrypts at all, so this is something to know and no warning; docs/saml.md
 * says where the facts are from.
 *
 * Refused are 3DES and RSA 1.5, which WebCrypto does not have and nobody should use, and AES-CBC in a response that is
 * not signed itself: whoever may send us changed ciphertexts learns from our answers what is in them.
 */
export interface EncryptionHabit {
  /** What it does, when. */
  readonly what: string
  /** What to do about it. */
  readonly fix: string
}

interface KnownHabit extends EncryptionHabit {
  /** Where it is one of the known providers. */
  readonly provider?: string
  /** Else what the path of its addresses has. */
  readonly path?: RegExp
  /** What is refused: the cipher itself, or a cipher that needs a signature around it. */
  readonly refused: 'always' | 'unless signed around'
}

const demand = 'write "want_response_signed: true"'

const habits: readonly KnownHabit[] = [
  {
    provider: 'adfs',
    refused: 'unless signed around',
    what: 'AD FS encrypts as soon as it knows a certificate of ours, also one from our metadata: with AES-CBC, and signed inside alone, which is refused',
    fix: `run Set-AdfsRelyingPartyTrust with -EncryptClaims $false; or with -SamlResponseSignature MessageAndAssertion, and ${demand}`,
  },
  {
    provider: 'azure',
    refused: 'unless signed around',
    what: 'if token encryption is switched on, Microsoft Entra ID encrypts with AES-CBC, and signs inside alone, which is refused',
    fix: `choose the signing option "Sign SAML response and assertion", and ${demand}`,
  },
  {
    provider: 'auth0',
    refused: 'unless signed around',
    what: 'if encryption is switched on, Auth0 encrypts with AES-CBC unless told otherwise, and signs inside alone, which is refused',
    fix: `choose aes256-gcm; or "signResponse": true in the settings of the addon, and ${demand}`,
  },
  {
    path: /\/Saml2IDP(\/|$)/,
    refused: 'always',
    what: 'if encryption is switched on, SATOSA encrypts with 3DES and has no setting for another cipher, which is refused',
    fix: 'switch the encryption of assertions off for Doorward: they cross the network inside TLS',
  },
]

/** @returns how the identity provider of a connection encrypts, where that is known and would be refused */
export function encryptionHabitOf({
  entityId,
  metadata,
  wantsSignedResponse,
}: SamlConnection): EncryptionHabit | undefined {
  const entry = readEntry({
    protocol: 'SAML',
    entity_id: entityId,
    ...(metadata.kind === 'url' ? { metadata_url: metadata.url } : {}),
    ...(metadata.kind === 'settings' ? { sso_url: metadata.ssoUrl } : {}),
  })
  const habit = entry && habits.find((one) => isOf(one, entry))
  // What must be signed around is signed around.
  return habit?.refused === 'unless signed around' && wantsSignedResponse ? undefined : habit
}

function isOf({ provider, path }: KnownHabit, entry: Entry): boolean {
  if (!path) return provider === entry.provider
  return ['metadata_url', 'sso_url', 'entity_id'].some((key) =>
    path.test(URL.parse(textOf(entry, key) ?? '')?.pathname ?? ''),
  )
}
