import type {
  AssertionContent,
  NameIdContent,
  ResponseContent,
  SamlAttribute,
  SamlUser,
} from '../message/content.ts'

import type { SamlPersonalityEntry } from './personality.ts'

type Content = (good: ResponseContent) => ResponseContent
type Confirmation = NonNullable<AssertionContent['subject']>['confirmations'][number]
type Conditions = NonNullable<AssertionContent['conditions']>
type AuthnStatement = NonNullable<AssertionContent['authnStatement']>

/** Changes the assertion of an answer. */
export function asserting(change: (good: AssertionContent) => Partial<AssertionContent>): Content {
  return (good) =>
    good.assertion === undefined
      ? good
      : { ...good, assertion: { ...good.assertion, ...change(good.assertion) } }
}

/** Changes the conditions of an assertion. */
export function conditioned(change: (good: Conditions) => Partial<Conditions>): Content {
  return asserting(({ conditions }) =>
    conditions ? { conditions: { ...conditions, ...change(conditions) } } : {},
  )
}

/** Changes the SubjectConfirmations of an assertion. */
export function confirmed(change: (good: Confirmation) => readonly Confirmation[]): Content {
  return asserting(({ subject }) => {
    const [good] = subject?.confirmations ?? []
    return subject && good ? { subject: { ...subject, confirmations: change(good) } } : {}
  })
}

/** Changes the one SubjectConfirmation of an assertion. */
export function confirmedBy(change: Partial<Confirmation>): Content {
  return confirmed((good) => [{ ...good, ...change }])
}

/** Changes the NameID of an assertion. */
export function named(change: (good: NameIdContent) => NameIdContent | undefined): Content {
  return asserting(({ subject }) =>
    subject?.nameId ? { subject: { ...subject, nameId: change(subject.nameId) } } : {},
  )
}

/** Changes what an assertion says about the login. */
export function authenticated(change: (good: AuthnStatement) => Partial<AuthnStatement>): Content {
  return asserting(({ authnStatement: good }) =>
    good ? { authnStatement: { ...good, ...change(good) } } : {},
  )
}

/** Replaces the attributes of one name. */
export function attributed(
  name: string,
  change: (good: SamlAttribute) => readonly SamlAttribute[],
): (good: SamlUser) => SamlUser {
  return (good) => ({
    ...good,
    attributes: good.attributes.flatMap((attribute) =>
      attribute.name === name ? change(attribute) : [attribute],
    ),
  })
}

/** An answer of which the provider signs something that must not be accepted. */
export function saying(wrong: string, specification: string, content: Content): SamlPersonalityEntry {
  return { wrong, specification, login: 'must-fail', hooks: { content } }
}
