import { type Registration, registrationsOf } from '@doorward/core/config'
import { registeredOf } from './advice.ts'
import { type Answers, documentationPage, SECRET_ITSELF, titleOf } from './answers.ts'
import { accountOf, entryOf, selectionModeOf, type Value } from './entry.ts'
import { scalar } from './scalar.ts'
import { type SocialAccount, socialOf } from './social.ts'

/**
 * The text of the file: short, with what a person needs to know where it is needed. Every question was answered.
 *
 * @param schema where the schema for editors is, as seen from the file
 */
export function writeConfiguration(answers: Answers, schema: string | undefined): string {
  const lines = [
    ...(schema === undefined ? [] : [`# yaml-language-server: $schema=${schema}`]),
    '# Written by "doorward init". docs/configuration.md has every key.',
    `# At ${titleOf(answers)}, step by step: ${documentationPage(answers)}`,
    ...fileLines(answers),
  ]
  return `${lines.join('\n')}\n`
}

function fileLines(answers: Answers): readonly string[] {
  const social = socialOf(answers)
  if (social) return socialLines(answers, social)
  return [
    'sso:',
    '  enabled: true',
    ...selectionLines(answers),
    '  identity_providers:',
    `    # "id" is part of what is registered at ${titleOf(answers)}:`,
    ...requiredOf(answers).map(({ what, url }) => `    #   ${what}: ${url}`),
    '    # "doorward urls" prints what else can be.',
    ...entryLines(answers),
  ]
}

function socialLines(answers: Answers, { key }: SocialAccount): readonly string[] {
  const lines = Object.entries(accountOf(answers)).flatMap(([name, value]) =>
    value === undefined ? [] : [...commentOn(name, answers), ...keyLines(name, value)],
  )
  return [
    'social_account:',
    '  enabled: true',
    `  # To be registered at ${titleOf(answers)}:`,
    ...requiredOf(answers).map(({ what, url }) => `  #   ${what}: ${url}`),
    `  ${key}:`,
    ...lines.map((line) => `    ${line}`),
  ]
}

function requiredOf(answers: Answers): readonly Registration[] {
  return registrationsOf(...registeredOf(answers)).filter(({ isRequired }) => isRequired)
}

function selectionLines(answers: Answers): readonly string[] {
  if (selectionModeOf(answers) !== 'lowest_weight') return []
  return [
    '  # Everybody is sent to the provider with the lowest weight. With "email_address", and an "email_domain" for each',
    '  # provider, people type their address and are sent to the provider of its domain.',
    '  selection_mode: lowest_weight',
  ]
}

function entryLines(answers: Answers): readonly string[] {
  const lines = Object.entries(entryOf(answers)).flatMap(([key, value]) =>
    value === undefined ? [] : [...commentOn(key, answers), ...keyLines(key, value)],
  )
  return lines.map((line, index) => `${index === 0 ? '    - ' : '      '}${line}`)
}

/** A key and what stands behind it, as if at the margin. */
function keyLines(key: string, value: Value): readonly string[] {
  if (typeof value === 'boolean') return [`${key}: ${value}`]
  if (typeof value === 'string') {
    return value.includes('\n')
      ? [
          `${key}: |`,
          ...value
            .trimEnd()
            .split('\n')
            .map((line) => `  ${line}`),
        ]
      : [`${key}: ${scalar(value)}`]
  }
  if (Array.isArray(value)) return [`${key}: [${value.map((item: string) => scalar(item, true)).join(', ')}]`]
  const inner = Object.entries(value).flatMap(([name, item]) =>
    item === undefined ? [] : keyLines(name, item),
  )
  return [`${key}:`, ...inner.map((line) => `  ${line}`)]
}

function commentOn(key: string, answers: Answers): readonly string[] {
  if (key === 'client_secret') {
    const variable = answers['client-secret']
    return variable === SECRET_ITSELF
      ? ['# The secret itself: keep this file to yourself, and out of version control.']
      : ['# Looked up where Doorward runs, so that this file may be shown.']
  }
  if (key === 'email_domain') {
    return ['# Who has such an address is sent here, and no other provider may bring one.']
  }
  if (key === 'resource')
    return ['# The identifier of the web API at AD FS, to the letter: its rules apply to that.']
  if (key === 'allowed_organizations') return ['# Nobody else comes in; asked anew at every login.']
  if (key === 'attribute_mapping') {
    return [
      '# What the provider calls the attributes; also username, name, first_name and last_name. Without uid, the NameID is',
      '# who somebody is.',
    ]
  }
  return []
}
