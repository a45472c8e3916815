import { type CompiledConfiguration, createSelector, loadConfiguration } from '@doorward/core'
import type { Contestant } from '../../bench.ts'
import { compiledWith, domainOf, idOf } from '../providers.ts'
import { LOADED } from './names.ts'

const PROVIDERS = 1000

/** The floor is `JSON.parse` of the same bytes. */
export async function createContestants(): Promise<readonly Contestant[]> {
  const text = JSON.stringify(compiledWith(PROVIDERS))
  const email = `user@${domainOf(PROVIDERS - 1)}`
  const load = (json: string) => {
    const compiled = JSON.parse(json) as CompiledConfiguration
    return createSelector(loadConfiguration(compiled, () => undefined)).select({ email })
  }
  return [
    {
      name: `floor: JSON.parse of the same ${Math.round(text.length / 1024)} KiB`,
      async prove() {
        const { connections } = JSON.parse(text) as CompiledConfiguration
        if (connections.length !== PROVIDERS) throw new Error('not all were read')
        if (isJson(text.slice(0, -1))) throw new Error('half a text was read')
      },
      run: async () => JSON.parse(text),
    },
    {
      name: LOADED,
      async prove() {
        const [found, ...others] = load(text)
        if (found.id !== idOf(PROVIDERS - 1) || others.length > 0) throw new Error('not what was configured')
        if (loads(text.replace('"format":', '"format":1'))) throw new Error('another format was taken')
      },
      run: async () => load(text),
    },
  ]

  function loads(json: string): boolean {
    try {
      return load(json).length > 0
    } catch {
      return false
    }
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
