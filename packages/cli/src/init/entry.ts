import { type Answers, optionOf, presetOf, SECRET_ITSELF } from './answers.ts'
import { type SocialAccount, socialOf } from './social.ts'

/** What may stand behind a key of the file. */
export type Value = string | boolean | readonly string[] | { readonly [key: string]: Value | undefined }

/** The entry of `identity_providers` that the answers describe, as far as there are any; keys in the order of the file. */
export function entryOf(answers: Answers): Readonly<Record<string, Value | undefined>> {
  const preset = presetOf(answers)
  const parameters = (preset?.parameters ?? []).map((name) => [name, answers[optionOf(name)]] as const)
  const domains = textsIn(answers['email-domain'] ?? '')
  return {
    id: answers.id,
    protocol: answers.protocol,
    name: answers.name,
    provider: preset?.provider,
    ...Object.fromEntries(parameters),
    resource: answers.resource,
    server_url: answers['server-url'],
    entity_id: answers['entity-id'],
    ...metadataOf(answers),
    sso_url: answers['sso-url'],
    x509_cert: answers.certificate,
    attribute_mapping: mappingOf(answers),
    client_id: answers['client-id'],
    client_secret: secretOf(answers),
    email_domain: domains.length > 1 ? domains : domains[0],
  }
}

/** The section of `social_account` that the answers describe, in the same way. */
export function accountOf(answers: Answers): Readonly<Record<string, Value | undefined>> {
  const organizations = textsIn(answers['allowed-organizations'] ?? '')
  return {
    client_id: answers['client-id'],
    client_secret: secretOf(answers),
    domain: answers.domain,
    allowed_organizations: organizations.length > 0 ? organizations : undefined,
  }
}

/** The whole file as a value: what is checked before there is a text. */
export function fileOf(answers: Answers): Value {
  const social = socialOf(answers)
  if (social) return socialFileOf(answers, social)
  const entry = Object.entries(entryOf(answers)).filter(([, value]) => value !== undefined)
  return {
    sso: {
      enabled: true,
      selection_mode: selectionModeOf(answers),
      // A list of mappings is more than `Value` says; the checks take anything.
      identity_providers: [Object.fromEntries(entry)] as unknown as Value,
    },
  }
}

function socialFileOf(answers: Answers, { key }: SocialAccount): Value {
  const account = Object.entries(accountOf(answers)).filter(([, value]) => value !== undefined)
  return { social_account: { enabled: true, [key]: Object.fromEntries(account) } }
}

/** Without a domain that leads to it, everybody is sent to the only provider there is. */
export function selectionModeOf({ 'email-domain': domain }: Answers): 'lowest_weight' | 'email_address' {
  return domain === '' ? 'lowest_weight' : 'email_address'
}

/** Several texts as people type them: with commas, semicolons or spaces between. */
export function textsIn(text: string): readonly string[] {
  return [...new Set(text.split(/[\s,;]+/).filter((one) => one !== ''))]
}

/** Whether an answer to "metadata" is an address, not a file. */
export function isAddress(metadata: string): boolean {
  return /^[a-z]+:\/\//i.test(metadata)
}

function metadataOf({ metadata }: Answers): Readonly<Record<string, string>> {
  if (!metadata) return {}
  return isAddress(metadata) ? { metadata_url: metadata } : { idp_metadata_file: metadata }
}

/** What was answered of it; nothing where there is no such attribute. */
function mappingOf(answers: Answers): Readonly<Record<string, string>> | undefined {
  const names = (['uid', 'email', 'groups'] as const).flatMap((key) => {
    const name = answers[`${key}-attribute`]
    return name ? [[key, name] as const] : []
  })
  return names.length > 0 ? Object.fromEntries(names) : undefined
}

function secretOf({ 'client-secret': name, secret }: Answers): string | undefined {
  // A secret means what it says: "${" in it is no reference.
  if (name === SECRET_ITSELF) return secret?.replaceAll('${', () => '$${')
  return name === undefined ? undefined : `\${${name}}`
}
