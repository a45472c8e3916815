import { type Preset, type PresetParameter, presetParameters, presets } from '@doorward/core/config'
import { socialAccounts, socialOf } from './social.ts'

/** Names of what is asked, besides the parameters of presets; with two hyphens before them they are options. */
const ownNames = [
  'provider',
  'protocol',
  'base-url',
  'id',
  'resource',
  'server-url',
  'entity-id',
  'metadata',
  'sso-url',
  'certificate',
  'email-attribute',
  'uid-attribute',
  'groups-attribute',
  'client-secret',
  'name',
  'email-domain',
  'allowed-organizations',
] as const

type OwnName = (typeof ownNames)[number]

/** `user_pool_id` is asked for as `user-pool-id`. */
type Hyphenated<Text extends string> = Text extends `${infer Head}_${infer Tail}`
  ? `${Head}-${Hyphenated<Tail>}`
  : Text

/** Something that is asked: the name of its option, without the hyphens before it. */
export type AnswerName = OwnName | Hyphenated<PresetParameter>

/** Every option that answers a question in advance. */
export const answerNames: readonly AnswerName[] = [
  ...ownNames,
  ...Object.keys(presetParameters).map((name) => optionOf(name as PresetParameter)),
]

/** Something that is asked, the client secret itself included: that has no option, because others see those. */
export type QuestionName = AnswerName | 'secret'

/** What was answered, in the form in which the file has it. Never holds anything that was refused. */
export type Answers = Readonly<Partial<Record<QuestionName, string>>>

/** What `client-secret` says where the secret itself is to be in the file. */
export const SECRET_ITSELF = '-'

/** @returns the option that answers for a parameter */
export function optionOf(parameter: PresetParameter): Hyphenated<PresetParameter> {
  return parameter.replaceAll('_', '-') as Hyphenated<PresetParameter>
}

/** One of a numbered list. */
export interface Choice {
  readonly value: string
  readonly title: string
}

/** Providers without a preset: nothing is known of them but how they speak. */
const others: readonly Choice[] = [
  { value: 'oidc', title: 'another OpenID Provider' },
  { value: 'saml', title: 'another SAML identity provider' },
]

/** Who may be asked to sign people in. */
export const providers: readonly Choice[] = [
  ...presets
    .filter(({ provider }, index) => presets.findIndex((preset) => preset.provider === provider) === index)
    .map(({ provider, title }) => ({ value: provider, title })),
  ...others,
  ...socialAccounts,
]

const byOpenIdConnect: Choice = { value: 'OIDC', title: 'OpenID Connect' }
const bySaml: Choice = { value: 'SAML', title: 'SAML' }
const byButton: Choice = { value: 'social', title: 'social login' }

/** How the provider can be spoken to: the better way first. Every known one but social accounts speaks OpenID Connect. */
export function protocolsOf({ provider }: Answers): readonly Choice[] {
  if (socialOf({ provider })) return [byButton]
  if (provider === 'oidc') return [byOpenIdConnect]
  if (provider === 'saml') return [bySaml]
  const hasSaml = presets.some((preset) => preset.provider === provider && preset.protocol === 'SAML')
  return hasSaml ? [byOpenIdConnect, bySaml] : [byOpenIdConnect]
}

/** What is known of the provider, if anything. */
export function presetOf({ provider, protocol }: Answers): Preset | undefined {
  return presets.find((preset) => preset.provider === provider && preset.protocol === protocol)
}

/** Whether nothing is known of the provider, whatever its protocol. */
export function isOther({ provider }: Answers): boolean {
  return others.some(({ value }) => value === provider)
}

/** What people call the provider, in a sentence. */
export function titleOf(answers: Answers): string {
  const known = isOther(answers) ? undefined : providers.find(({ value }) => value === answers.provider)
  // The part in brackets is for finding it in a list.
  return (presetOf(answers) ?? known)?.title.replace(/ \(.*\)$/, '') ?? 'the identity provider'
}

/** The page about the provider. */
export function documentationPage({ provider }: Answers): string {
  // docs/idp has known providers only.
  if (provider === 'saml') return 'docs/saml.md#what-to-register'
  const page =
    socialOf({ provider })?.page ?? presets.find((preset) => preset.provider === provider)?.page ?? 'README'
  return `docs/idp/${page}.md`
}
