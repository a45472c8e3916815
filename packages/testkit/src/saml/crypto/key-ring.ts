import { generateSamlKey, type KeyType, type SamlKey } from './keys.ts'

/**
 * The keys of an identity provider and of those around it, by their part in the play: `current` signs, `next` will,
 * `weak` is too short, `p256` is there for personalities about ECDSA, `stranger` belongs to somebody else.
 */
export type KeyName = 'current' | 'next' | 'weak' | 'p256' | 'stranger'

export type SavedKeys = Readonly<Partial<Record<KeyName, SamlKey>>>

/** Keys that are made when they are first wanted, for RSA keys take long. */
export interface SamlKeyRing {
  get(name: KeyName): Promise<SamlKey>
  /** Replaces the current key. */
  rotate(): Promise<void>
}

/** @param saved - keys that are there already; with all of them, nothing is left to chance. */
export function createSamlKeyRing(type: KeyType = 'RSA', saved: SavedKeys = {}): SamlKeyRing {
  const types: Record<KeyName, KeyType> = {
    current: type,
    next: type,
    weak: 'RSA-1024',
    p256: 'P-256',
    stranger: type,
  }
  const made = new Map<KeyName, Promise<SamlKey>>()
  const make = (name: KeyName) => generateSamlKey(types[name], `${name}.idp.example`)
  return {
    get(name) {
      const key = made.get(name) ?? (saved[name] === undefined ? make(name) : Promise.resolve(saved[name]))
      made.set(name, key)
      return key
    },
    async rotate() {
      made.set('current', make('current'))
      await made.get('current')
    },
  }
}
