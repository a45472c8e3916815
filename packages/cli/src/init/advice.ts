import { isAbsolute } from 'node:path'
import { type BaseUrl, isLoopback, registrationsOf } from '@doorward/core/config'
import { registrationLines } from '../registration.ts'
import { PNPM, quoted, typedElsewhere } from '../repository.ts'
import { type Answers, documentationPage, isOther, presetOf, SECRET_ITSELF, titleOf } from './answers.ts'
import { attributeLines } from './attributes.ts'
import { textsIn } from './entry.ts'
import { socialOf } from './social.ts'

/** Where `dev` answers. */
const LOCAL = 'http://localhost:8787' as BaseUrl

/** An application has one entity ID, and as many redirect URIs as one likes; of GitHub one alone. */
function forLocal(answers: Answers): string {
  const isSingle = answers.protocol === 'SAML' || socialOf(answers)?.key === 'github'
  return `and, for a login on this machine${isSingle ? ', as an application of its own' : ''}:`
}

type Registered = Parameters<typeof registrationsOf>

/** What {@link registrationsOf} needs, once everything was answered. */
export function registeredOf({ id = '', protocol, ...answers }: Answers): [...Registered] {
  const { 'base-url': baseUrl } = answers
  const social = socialOf(answers)
  if (social) return [{ id: social.id, protocol: 'social', callbackPath: undefined }, baseUrl as BaseUrl]
  return [
    { id, protocol: protocol === 'SAML' ? 'saml' : 'oidc', callbackPath: undefined },
    baseUrl as BaseUrl,
  ]
}

/** What is to be done at the provider before it can show what is asked next. */
export function beforeDetails(answers: Answers): string {
  const { documentation } = presetOf(answers) ?? {}
  return [
    '',
    `At ${titleOf(answers)}, add Doorward as ${answers.protocol === 'SAML' ? 'a SAML' : 'a web'} application. It wants to know:`,
    ...urlLines(...registeredOf(answers)),
    ...attributeLines(answers),
    // Where nothing is known of the provider, that is no help yet, and is said at the end.
    ...(isOther(answers)
      ? []
      : [
          `Step by step: ${documentationPage(answers)}${documentation === undefined ? '' : `, and ${documentation}`}`,
        ]),
    'What it shows then is asked next.',
  ].join('\n')
}

/** What was done, and what is to be done now. @param isInRepository whether the repository's own commands work here */
export function nextSteps(answers: Answers, path: string, isInRepository: boolean): string {
  const [addressed, baseUrl] = registeredOf(answers)
  const { documentation } = presetOf(answers) ?? {}
  const file = quoted(path)
  const isHere = isLoopback(new URL(baseUrl).hostname)
  const doorward = isInRepository ? `${PNPM} doorward` : typedElsewhere().doorward
  const steps = [
    ...secretSteps(answers, isInRepository),
    [
      'Check it, now and after every change; then have the provider asked:',
      `${doorward} check ${file} --base-url ${baseUrl}`,
      `${doorward} doctor ${file} --base-url ${baseUrl}`,
    ],
    ...(isInRepository
      ? runSteps(path, baseUrl)
      : [
          [
            "Try a login on this machine, and deploy, from a clone of Doorward's repository: docs/deploy.md there",
          ],
        ]),
  ]
  return [
    `${path} is written. ${whoComesIn(answers)}`,
    '',
    `Register at ${titleOf(answers)}, to the letter:`,
    ...urlLines(addressed, baseUrl),
    ...(isHere ? [] : [forLocal(answers), ...urlLines(addressed, LOCAL)]),
    ...attributeLines(answers),
    `Step by step: ${documentationPage(answers)}`,
    ...(documentation === undefined ? [] : [`In the provider's own words: ${documentation}`]),
    '',
    'Next:',
    ...steps.flatMap(([what, ...commands], index) => [
      `${index + 1}. ${what}`,
      ...commands.map((command) => `     ${command}`),
    ]),
    '',
    'For a second provider, add an entry to the file by hand: docs/idp has one for each.',
    ...(isInRepository
      ? []
      : [
          "Editors can explain the keys: copy docs/auth_config.schema.json from Doorward's repository beside the file, and begin",
          'it with "# yaml-language-server: $schema=auth_config.schema.json".',
        ]),
  ].join('\n')
}

function runSteps(path: string, baseUrl: BaseUrl): readonly string[][] {
  const file = quoted(path)
  const { hostname } = new URL(baseUrl)
  return [
    ['Try a login on this machine:', `AUTH_CONFIG_PATH=${file} ${PNPM} dev`],
    isLoopback(hostname)
      ? ['Deploy: docs/deploy.md']
      : [
          'Deploy, once all of docs/deploy.md is ready:',
          `export AUTH_CONFIG_PATH=${isAbsolute(path) ? '' : '$PWD/'}${file} DOORWARD_BASE_URL=${baseUrl}`,
          `${PNPM} run deploy --domain ${hostname}`,
        ],
  ]
}

function secretSteps({ 'client-secret': variable }: Answers, isInRepository: boolean): readonly string[][] {
  if (variable === undefined) return []
  if (variable === SECRET_ITSELF) return [['Keep the file to yourself: the client secret is in it.']]
  return [
    [
      isInRepository
        ? 'Set the client secret: here to try it, and in apps/worker for Cloudflare:'
        : "Set the client secret where Doorward runs; for Cloudflare in the worker's folder:",
      ...(isInRepository ? [`export ${variable}=…`] : []),
      `npx wrangler secret put ${variable}`,
    ],
  ]
}

function whoComesIn(answers: Answers): string {
  if (socialOf(answers)) {
    const organizations = textsIn(answers['allowed-organizations'] ?? '')
    const who =
      organizations.length === 0 ? 'Everybody who has an account' : `Members of ${organizations.join(', ')}`
    return `${who} at ${titleOf(answers)} can come in by a button, with a verified e-mail address.`
  }
  const domains = textsIn(answers['email-domain'] ?? '')
  return domains.length === 0
    ? 'Everybody is sent to this provider, and whoever it lets in comes in.'
    : `People of ${domains.join(', ')} are sent to this provider, and nobody else comes in.`
}

function urlLines(...registered: Registered): readonly string[] {
  // What is there when Doorward runs, nobody knows yet.
  return registrationLines(registrationsOf(...registered), {})
}
