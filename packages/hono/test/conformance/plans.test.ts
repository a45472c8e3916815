import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { allModules } from './all-modules.ts'
import { isLeftOut, modulesLeftOut, plans, plansLeftOut } from './plans.ts'
import { plansOf } from './runs.ts'

const inPlans = [...new Set(plans.flatMap(({ wishes }) => wishes.flatMap(({ modules }) => modules)))]

describe('the modules', () => {
  it('are the files of the folder', async () => {
    const files = await readdir(join(import.meta.dirname, 'modules'))
    expect(files.sort()).toEqual(
      Object.keys(allModules)
        .map((name) => `${name}.ts`)
        .sort(),
    )
  })

  it.each(inPlans)('of the plans are tried or left out for a reason, and never both: %s', (name) => {
    expect(name in allModules).toBe(!(name in modulesLeftOut))
  })

  it.each([...Object.keys(allModules), ...Object.keys(modulesLeftOut)])('are of the plans: %s', (name) => {
    expect(plansOf(name).length).toBeGreaterThan(0)
  })

  it('are all in the document', async () => {
    const document = await readFile(join(import.meta.dirname, '../../../../docs/conformance.md'), 'utf8')
    const words = new Set(document.match(/[\w-]+/g))
    expect(inPlans.filter((name) => !words.has(name))).toEqual([])
  })
})

describe('the plans', () => {
  it.each(plans)('are tried or left out for a reason: $title', (plan) => {
    const names = plan.wishes.flatMap(({ modules }) => modules)
    expect(names.some((name) => name in allModules) || isLeftOut(plan)).toBe(true)
  })

  it('that are left out are plans', () => {
    for (const words of Object.keys(plansLeftOut)) {
      expect(plans.some(({ title }) => title.includes(words))).toBe(true)
    }
  })
})
