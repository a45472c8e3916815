import type { NameId } from '../ports/session-store.ts'
import { nameIdFormats } from './urns.ts'

/** Between whom a name is used. */
interface NamingParties {
  /** The identity provider's entity ID. */
  readonly entityId: string
  /** Our own. */
  readonly us: string
}

/** Of these formats a name stands for somebody only together with who gave it, and for whom. */
const qualified: readonly (string | undefined)[] = [nameIdFormats.persistent, nameIdFormats.transient]

/**
 * A NameID by which others are compared with it: the same for all that name one person, whether they say what goes
 * without saying or not. No Format means `unspecified`; qualifiers belong to persistent and transient names alone, and
 * say where there are none that the identity provider made the name, for us
 * ([SAML Core, sections 2.2.2 and 8.3](https://docs.oasis-open.org/security/saml/v2.0/saml-core-2.0-os.pdf)).
 */
export function knownAs(
  { value, format, nameQualifier, spNameQualifier }: NameId,
  { entityId, us }: NamingParties,
): NameId {
  const counts = qualified.includes(format)
  return {
    value,
    format: format === nameIdFormats.unspecified ? undefined : format,
    nameQualifier: counts && nameQualifier !== entityId ? nameQualifier : undefined,
    spNameQualifier: counts && spNameQualifier !== us ? spNameQualifier : undefined,
  }
}

/**
 * The same as one text, for being somebody's subject: the name itself where nothing but the name counts. Of another kind it
 * is somebody else, whatever it reads like: names of one kind are given, of another people choose them, and whoever takes
 * the request to the identity provider can ask for either.
 *
 * @param name as `knownAs` has it; in its value there is no line end
 */
export function subjectOf({ value, format, nameQualifier, spNameQualifier }: NameId): string {
  const kind = [format, nameQualifier, spNameQualifier]
  return kind.every((part) => part === undefined) ? value : `${value}\n${JSON.stringify(kind)}`
}
