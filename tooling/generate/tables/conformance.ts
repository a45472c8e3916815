import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Flow, Module } from '../../../packages/hono/test/conformance/module.ts'
import {
  modulesLeftOut,
  type Plan,
  plans,
  plansLeftOut,
  SUITE_COMMIT,
} from '../../../packages/hono/test/conformance/plans.ts'
import {
  authorsOf,
  flowsOf,
  plansOf,
  plansTried,
  runsOf,
} from '../../../packages/hono/test/conformance/runs.ts'
import { root } from '../../test/process.ts'
import { code, table } from './table.ts'

const FOLDER = 'packages/hono/test/conformance/modules'

/** The files of modules, as a program gathers them that can not look into folders. */
export async function moduleIndex(): Promise<string> {
  const names = await moduleNames()
  const lines = names.map((name) => `import { module as ${variableOf(name)} } from './modules/${name}.ts'`)
  const entries = names.map((name) => `'${name}': ${variableOf(name)},`)
  return `import type { Module } from './module.ts'
${lines.join('\n')}

/** Every module, by the suite's own name of it. Written by \`pnpm generate\`. */
export const allModules: Readonly<Record<string, Module>> = {
${entries.join('\n')}
}
`
}

/** The texts of docs/conformance.md. */
export async function conformanceTables(): Promise<Record<string, string>> {
  const modules = await readModules()
  return {
    summary: summary(modules),
    modules: moduleTables(modules),
    plans: planTable(),
    modulesLeftOut: leftOutTable(),
    links: links(modules),
  }
}

type Named = readonly [name: string, module: Module]

async function readModules(): Promise<readonly Named[]> {
  const names = await moduleNames()
  return Promise.all(
    names.map(async (name) => {
      const { module } = (await import(join(root, FOLDER, `${name}.ts`))) as { module: Module }
      return [name, module] as const
    }),
  )
}

async function moduleNames(): Promise<string[]> {
  const files = await readdir(join(root, FOLDER))
  return files.map((file) => file.slice(0, -'.ts'.length)).sort()
}

function variableOf(name: string): string {
  return name.replaceAll(/[-_](\w)/g, (_, letter: string) => letter.toUpperCase())
}

function summary(modules: readonly Named[]): string {
  const runs = modules.flatMap(([name, module]) => runsOf(name, module))
  const elsewhere = modules.filter(([, module]) => authorsOf(module).includes('oidc-provider'))
  const link = `https://github.com/openid-certification/conformance-suite/tree/${SUITE_COMMIT}`
  return [
    `${modules.length} modules, ${runs.length} runs on Node and as many in workerd; ${elsewhere.length} modules are tried at npm’s \`oidc-provider\` as well.`,
    `The plans were read in the suite’s source, [commit ${SUITE_COMMIT.slice(0, 7)}](${link}).`,
  ].join('\n')
}

/** Which plans a section is about. A module stands in the section of the first plan in which it is tried. */
const sections: Readonly<Record<string, readonly string[]>> = {
  'Logging in': ['basic', 'form post basic', 'implicit', 'form post implicit'],
  'Discovery and keys': ['config'],
  'Logins that begin elsewhere': ['third-party-initiated login'],
  'Signing out': ['RP-initiated logout', 'back-channel logout', 'front-channel logout'],
  'Beyond the plans that are run': ['comprehensive', 'comprehensive logout'],
  'Borrowed from FAPI 2.0': ['FAPI 2.0'],
}

function moduleTables(modules: readonly Named[]): string {
  const bySection = Map.groupBy(modules, ([name]) => sectionOf(name))
  return Object.keys(sections)
    .map((section) => {
      const rows = (bySection.get(section) ?? []).map(moduleRow)
      return `### ${section}\n\n${table(['module', 'plans', 'what Doorward does', 'asked for', 'at'], rows)}`
    })
    .join('\n\n')
}

function sectionOf(name: string): string | undefined {
  const [first] = [...plansTried(name), ...plansOf(name).filter(saysNothing)].map(nameOf)
  return Object.keys(sections).find((section) => sections[section]?.includes(first ?? ''))
}

/** The plans in which a module is tried; else those that have it, and of these the comprehensive ones if there are no others. */
function plansNamed(name: string): readonly Plan[] {
  const tried = plansTried(name)
  if (tried.length > 0) return tried
  const having = plansOf(name)
  const certifying = having.filter((plan) => !saysNothing(plan))
  return certifying.length > 0 ? certifying : having
}

/** `logout (basic), logout (implicit)` in fewer words. */
function titlesOf(named: readonly Plan[]): string {
  const byName = Map.groupBy(named, nameOf)
  return [...byName]
    .map(([name, same]) => {
      const kinds = same.flatMap(({ title }) => / \((.*)\)/.exec(title)?.[1] ?? [])
      return kinds.length > 0 ? `${name} (${kinds.join(', ')})` : name
    })
    .join(', ')
}

/** Without its kind. */
function nameOf({ title }: Plan): string {
  return title.replace(/ \(.*/, '')
}

/** Whether what to ask for is left to the relying party. */
function saysNothing({ wishes }: Plan): boolean {
  return wishes.every(({ responseType }) => responseType === undefined)
}

const flowNames: Readonly<Record<Flow, string>> = {
  code: 'code',
  'code-posted': 'code, posted',
  'id-token-posted': 'ID Token, posted',
}

function moduleRow([name, module]: Named): string[] {
  const { outcome, refused, notElsewhere } = module
  const providers = authorsOf(module).map((author) => (author === 'testkit' ? 'ours' : '`oidc-provider`'))
  return [
    `[${name}]`,
    titlesOf(plansNamed(name)),
    `${outcome}${refused ? ` ${code(refused.because)}` : ''}`,
    flowsOf(name, module)
      .map((flow) => flowNames[flow])
      .join('; '),
    `${providers.join(', ')}${notElsewhere ? ` (\`oidc-provider\`: ${notElsewhere})` : ''}`,
  ]
}

function leftOutTable(): string {
  const rows = Object.entries(modulesLeftOut).map(([name, reason]) => [
    code(name),
    titlesOf(plansNamed(name)),
    reason,
  ])
  return table(['module', 'plans', 'why'], rows)
}

function planTable(): string {
  const rows = Object.entries(plansLeftOut).map(([words, reason]) => [words, planIds(words), reason])
  return table(['plans', 'the suite’s names', 'why'], rows)
}

function planIds(words: string): string {
  return plans
    .filter(({ title }) => title.includes(words))
    .map(({ id }) => code(id))
    .join(', ')
}

/** Where the names in the tables lead. */
function links(modules: readonly Named[]): string {
  return modules.map(([name]) => `[${name}]: ../${FOLDER}/${name}.ts`).join('\n')
}
