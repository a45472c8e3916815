import { type Answers, presetOf } from './answers.ts'

/** What an attribute says of a person, by its key of `attribute_mapping`. */
const meanings: Readonly<Record<string, string>> = {
  uid: 'the ID that stays the same; nobody comes in without it',
  username: 'the user name',
  email: 'the e-mail address',
  email_verified: 'whether that was verified, if there is such a field',
  name: 'the whole name',
  first_name: 'the first name',
  last_name: 'the last name',
  groups: 'the groups, for roles',
}

/** Providers that send no attributes before somebody adds them there; docs/idp says how. */
const sendNone: readonly string[] = ['okta', 'keycloak', 'google', 'jumpcloud', 'duo']

/** What AD FS calls its attributes there is not what it sends: only its page can say it. */
const ADFS =
  'It sends no claims by itself, and nobody comes in without a Name ID: add the rules that docs/idp/adfs.md has.'

/**
 * What is to be added at the provider, besides URLs, so that it says who somebody is.
 *
 * @returns lines; none where it says that by itself, or where nobody knows
 */
export function attributeLines(answers: Answers): readonly string[] {
  const preset = presetOf(answers)
  if (preset?.protocol !== 'SAML') return []
  if (preset.provider === 'adfs') return [ADFS]
  if (!sendNone.includes(preset.provider)) return []
  const names = Object.entries(preset.settings['attribute_mapping'] ?? {})
  return [
    'It sends no attributes by itself. Add these there, with these names:',
    // Of several names the first is what our page has.
    ...names.map(([key, name]) => `  ${[name].flat()[0].padEnd(36)} ${meanings[key]}`),
  ]
}
