import type { Author, Flow, Module } from './module.ts'
import { flowOf, isLeftOut, type Plan, plans } from './plans.ts'

/** A module as it is tried once on a host. */
export interface PlannedRun {
  readonly flow: Flow
  readonly author: Author
}

/** Every way in which a module is tried. */
export function runsOf(name: string, module: Module): readonly PlannedRun[] {
  const authors = authorsOf(module)
  return flowsOf(name, module).flatMap((flow) => authors.map((author) => ({ flow, author })))
}

/** The plans that have a module. */
export function plansOf(name: string): readonly Plan[] {
  return plans.filter(({ wishes }) => wishes.some(({ modules }) => modules.includes(name)))
}

/** Those that have it in a flow that there is. */
export function plansTried(name: string): readonly Plan[] {
  return plansOf(name).filter((plan) => !isLeftOut(plan) && flowsWanted(plan, name).length > 0)
}

/** The flows that the plans want; where no plan says one that there is, the module is tried with a code. */
export function flowsOf(name: string, { flows }: Module): readonly Flow[] {
  if (flows) return flows
  const wanted = new Set(plansOf(name).flatMap((plan) => flowsWanted(plan, name)))
  return wanted.size === 0 ? ['code'] : [...wanted]
}

function flowsWanted({ wishes }: Plan, name: string): readonly Flow[] {
  return wishes.flatMap((wish) => {
    const flow = wish.modules.includes(name) ? flowOf(wish) : undefined
    return flow === undefined ? [] : [flow]
  })
}

/** A provider that we did not write is never wrong on purpose. */
export function authorsOf({ provider, notElsewhere }: Module): readonly Author[] {
  return provider === undefined && notElsewhere === undefined ? ['testkit', 'oidc-provider'] : ['testkit']
}
