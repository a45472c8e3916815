import { dirname, relative } from 'node:path'
import { type PresetParameter, parameterForm, parseBaseUrl, presetParameters } from '@doorward/core/config'
import { readNamedBytes } from '../read-configuration.ts'
import { resolveFromCaller, type Variables } from '../settings.ts'
import {
  type Answers,
  type Choice,
  isOther,
  optionOf,
  presetOf,
  protocolsOf,
  providers,
  type QuestionName,
  SECRET_ITSELF,
  titleOf,
} from './answers.ts'
import { isAddress } from './entry.ts'
import { socialOf } from './social.ts'

/** What answers are read against. */
export interface Surroundings {
  readonly env: Variables
  /** The file that will be written; absolute. */
  readonly path: string
}

/** An answer as the file will have it, or what is wrong with it. Never quotes what was typed: it may be a secret. */
type Read = { readonly value: string } | { readonly problem: string; readonly fix?: string }

/** Something that is asked. What its answer must be is mostly known to the rules for the file, and not repeated here. */
export interface Question {
  readonly name: QuestionName
  /** Whether it is asked, after the answers to the questions before it. */
  readonly applies: (answers: Answers) => boolean
  /** What is wanted, in a few words. */
  readonly text: string
  readonly example?: string
  /** The two above, as they are with one provider. */
  readonly form?: (answers: Answers) => { readonly text: string; readonly example: string } | undefined
  /** What else is to be known before answering. */
  readonly hint?: string
  readonly choices?: (answers: Answers) => readonly Choice[]
  /** What no answer means; an empty text: that there is none. */
  readonly otherwise?: (answers: Answers) => string | undefined
  readonly read?: (text: string, surroundings: Surroundings) => Read
  /** Whether what is typed is not shown. */
  readonly isHidden?: true
}

const always = (): boolean => true
const isOidc = ({ protocol }: Answers): boolean => protocol === 'OIDC'
const isSaml = ({ protocol }: Answers): boolean => protocol === 'SAML'
const isSocial = (answers: Answers): boolean => socialOf(answers) !== undefined
const isNoSocial = (answers: Answers): boolean => !isSocial(answers)

/** The id that the provider's page in docs/idp has as well, so that its URLs are the ones to register. */
function idFor(answers: Answers): string | undefined {
  if (isOther(answers)) return 'company'
  const { provider } = answers
  if (provider !== undefined && isSaml(answers)) return `${provider}-saml`
  // Its button has the short name, and may come into the same file.
  return provider === 'google' ? 'google-workspace' : provider
}

/** What must be known to say what is registered at the provider: people need that before they can answer the rest. */
export const firstQuestions: readonly Question[] = [
  { name: 'provider', applies: always, text: 'Which identity provider?', choices: () => providers },
  {
    name: 'protocol',
    applies: ({ provider }) => provider !== undefined,
    text: 'How is it spoken to?',
    choices: protocolsOf,
    otherwise: (answers) => protocolsOf(answers)[0]?.value,
  },
  {
    name: 'base-url',
    applies: always,
    text: 'URL where people will reach Doorward',
    example: 'https://sso.example.com',
    hint: 'On this machine alone, for a first try: http://localhost:8787',
    read(text) {
      const parsed = parseBaseUrl(text)
      return 'problem' in parsed ? parsed : { value: parsed.baseUrl }
    },
  },
  {
    name: 'id',
    applies: (answers) => answers.protocol !== undefined && !isSocial(answers),
    text: 'Your short name (id) for the provider',
    hint: 'It becomes part of the URLs that are registered there.',
    otherwise: idFor,
  },
]

/** What the provider shows, and who is to come in. */
export const furtherQuestions: readonly Question[] = [
  ...(Object.keys(presetParameters) as PresetParameter[])
    .filter((name) => name !== 'client_id')
    .map(parameter),
  {
    name: 'domain',
    applies: (answers) => socialOf(answers)?.key === 'amazon_cognito',
    text: "Domain of the user pool's sign-in pages",
    example: 'https://acme.auth.eu-central-1.amazoncognito.com',
  },
  {
    name: 'resource',
    applies: (answers) => isOidc(answers) && answers.provider === 'adfs',
    text: 'Identifier of the web API in the application group',
    hint: 'It is a name, and nothing is called there. Without it AD FS applies none of your rules.',
    otherwise: ({ 'base-url': baseUrl }) => `${baseUrl}/`,
  },
  {
    name: 'server-url',
    applies: (answers) => isOidc(answers) && !presetOf(answers),
    text: 'Issuer or discovery URL',
    example: 'https://login.example.com',
  },
  {
    name: 'client-id',
    applies: (answers) => isOidc(answers) || isSocial(answers) || isParameter('client_id')(answers),
    text: 'Client ID',
    form: parameterFormOf('client_id'),
  },
  {
    name: 'client-secret',
    applies: (answers) => isOidc(answers) || isSocial(answers),
    text: 'Name of the variable that will hold the client secret',
    hint: `The secret itself need not be in the file. To put it there all the same, type ${SECRET_ITSELF}`,
    otherwise: ({ provider, id }) =>
      variableOf(provider === 'oidc' ? id : (socialOf({ provider })?.page ?? provider)),
    read: readVariable,
  },
  {
    name: 'secret',
    applies: (answers) => answers['client-secret'] === SECRET_ITSELF,
    text: 'Client secret (not shown while you type)',
    isHidden: true,
  },
  { name: 'entity-id', applies: lacks('entity_id'), text: 'Entity ID (issuer) of the identity provider' },
  {
    name: 'metadata',
    applies: lacks('metadata_url'),
    text: 'Metadata of the identity provider: its URL, or a file',
    hint: 'Without metadata, press Enter: then its certificate is asked for.',
    otherwise: () => '',
    read: (text, { env, path }) => ({
      value: text === '' || isAddress(text) ? text : fromFolder(dirname(path), resolveFromCaller(text, env)),
    }),
  },
  {
    name: 'sso-url',
    applies: (answers) => answers.metadata === '' && lacks('sso_url')(answers),
    text: 'Sign-in (SSO) URL of the identity provider, where there is no metadata',
  },
  {
    name: 'certificate',
    applies: (answers) => isSaml(answers) && !answers.metadata && lacks('metadata_url')(answers),
    text: 'File with the certificate that it signs with',
    example: 'idp.pem',
    read: readCertificate,
  },
  {
    name: 'email-attribute',
    applies: mapsAttributes,
    text: 'Name of the attribute with the e-mail address',
    otherwise: () => 'email',
  },
  {
    name: 'uid-attribute',
    applies: mapsAttributes,
    text: 'Name of the attribute that says who somebody is, for good',
    example: 'uid',
    hint: 'With none, it is the NameID: well where that is persistent; refused where it is transient, another one at every login.',
    otherwise: () => '',
  },
  {
    name: 'groups-attribute',
    applies: mapsAttributes,
    text: 'Name of the attribute with the groups',
    otherwise: () => 'groups',
  },
  {
    name: 'name',
    applies: isNoSocial,
    text: 'Name that people read',
    otherwise: (answers) => (isOther(answers) ? 'Company login' : titleOf(answers)),
  },
  {
    name: 'email-domain',
    applies: isNoSocial,
    text: 'Domain of their e-mail addresses, or several',
    example: 'example.com',
    hint: 'People with such an address are sent here, and nobody else comes in. With none, everybody is sent here.',
    otherwise: () => '',
  },
  {
    name: 'allowed-organizations',
    applies: (answers) => socialOf(answers)?.key === 'github',
    text: 'Name of the organisation at GitHub whose members come in, or several',
    example: 'acme',
    hint: 'With none, everybody who has an account at GitHub comes in.',
    otherwise: () => '',
  },
]

/** What is wanted of a question, after the answers before it. */
export function formOf(
  question: Question,
  answers: Answers,
): { readonly text: string; readonly example?: string } {
  return question.form?.(answers) ?? question
}

function parameter(name: PresetParameter): Question {
  return { name: optionOf(name), applies: isParameter(name), text: name, form: parameterFormOf(name) }
}

function isParameter(name: PresetParameter): (answers: Answers) => boolean {
  return (answers) => presetOf(answers)?.parameters.includes(name) === true
}

/** As the provider calls it. */
function parameterFormOf(name: PresetParameter): NonNullable<Question['form']> {
  return (answers) => {
    const preset = presetOf(answers)
    if (!preset?.parameters.includes(name)) return undefined
    const { meaning, example } = parameterForm(preset, name)
    return { text: meaning.charAt(0).toUpperCase() + meaning.slice(1), example }
  }
}

/** Whether it is SAML, and no preset stands for the key. */
function lacks(key: string): (answers: Answers) => boolean {
  return (answers) => isSaml(answers) && presetOf(answers)?.settings[key] === undefined
}

/** Whether it is SAML, and no preset knows what the attributes are called. */
function mapsAttributes(answers: Answers): boolean {
  return isSaml(answers) && !presetOf(answers)
}

function variableOf(name: string | undefined): string | undefined {
  const letters = name?.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_')
  return letters && `${/^\d/.test(letters) ? '_' : ''}${letters}_CLIENT_SECRET`
}

/** Capital letters only: that tells a name from a secret that somebody pasted. */
function readVariable(text: string): Read {
  const name = /^\$\{(.*)\}$/.exec(text)?.[1] ?? text
  if (name === SECRET_ITSELF || /^[A-Z_][A-Z0-9_]*$/.test(name)) return { value: name }
  return {
    problem: 'this is not the name of a variable',
    fix: 'capital letters, digits and "_", such as OKTA_CLIENT_SECRET; not the secret itself',
  }
}

function fromFolder(folder: string, path: string): string {
  return relative(folder, path).replaceAll('\\', '/')
}

/** The text of a certificate, also of one in the binary form that Windows writes. */
function readCertificate(file: string, { env }: Surroundings): Read {
  const bytes = readNamedBytes(resolveFromCaller(file, env))
  if ('problem' in bytes) return bytes
  // A DER sequence; no text of ours begins with a zero.
  const isBinary = bytes[0] === 0x30 && bytes[1] !== undefined && bytes[1] >= 0x80
  const text = isBinary ? armour(bytes.toString('base64')) : bytes.toString('utf8')
  const lines = text.split(/\r\n?|\n/).map((line) => line.trim())
  return { value: `${lines.filter((line) => line !== '').join('\n')}\n` }
}

function armour(base64: string): string {
  const lines = base64.match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----'].join('\n')
}
