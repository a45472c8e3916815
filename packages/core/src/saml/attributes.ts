import { SsoError, shown } from '../errors/index.ts'
import type { Attribute } from './assertion.ts'

/** The attributes of an assertion, by what the configuration calls them. */
export interface Attributes {
  /**
   * The one value of the first of `names` that is there.
   *
   * @returns undefined when none is there
   * @throws SsoError `saml_attribute_invalid` when it has several values, or one that is no text: which of them counts is
   *   not for us to guess
   */
  one(names: readonly string[]): string | undefined
  /** All values of the first of `names` that is there. @throws SsoError as `one`, but for several values */
  all(names: readonly string[]): readonly string[]
  /** The names of what came, for the log of an administrator whose mapping does not fit. */
  readonly names: string
  /** Whether the first of `names` that came has nothing in it. */
  hasBlank(names: readonly string[]): boolean
}

type Value = string | undefined

/**
 * Makes attributes ready to be asked for by `Name`, or by `FriendlyName` where none has one of the names. Several
 * attributes of one name are one with several values, as Keycloak writes roles. Empty values are none.
 */
export function indexAttributes(attributes: readonly Attribute[]): Attributes {
  const byName = new Map<string, Value[]>()
  const byFriendlyName = new Map<string, Value[]>()
  for (const { name, friendlyName, values } of attributes) {
    const present = values.filter((value) => value === undefined || value.trim() !== '')
    add(byName, name, present)
    if (friendlyName !== undefined) add(byFriendlyName, friendlyName, present)
  }

  function find(names: readonly string[]): readonly string[] {
    for (const index of [byName, byFriendlyName]) {
      for (const name of names) {
        const values = index.get(name) ?? []
        if (values.length > 0) return values.map((value) => value ?? refuse(name, MADE_OF_ELEMENTS))
      }
    }
    return []
  }

  return {
    names: namesOf(attributes),
    one(names) {
      const [value, ...others] = find(names)
      return others.length === 0
        ? value
        : refuse(names[0] ?? '', 'an attribute that may have one value has several')
    },
    all: find,
    hasBlank(names) {
      const came = names.map((name) => byName.get(name) ?? byFriendlyName.get(name))
      return came.find((values) => values !== undefined)?.length === 0
    },
  }
}

/** The names of attributes, for a log: no personal data, and none of the values. */
export function namesOf(attributes: readonly Attribute[]): string {
  return [...new Set(attributes.map(({ name }) => shown(name)))].slice(0, 20).join(' ') || '(none)'
}

const MADE_OF_ELEMENTS = 'the value of an attribute is made of elements'

function add(index: Map<string, Value[]>, name: string, values: readonly Value[]): void {
  const known = index.get(name)
  if (known) for (const value of values) known.push(value)
  else index.set(name, [...values])
}

function refuse(attribute: string, message: string): never {
  throw new SsoError('saml_attribute_invalid', message, { details: { attribute: shown(attribute) } })
}
