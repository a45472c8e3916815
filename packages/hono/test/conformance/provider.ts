import type { Provider, Seen } from './module.ts'
import type { PlannedRun } from './runs.ts'

/** Has a provider come on the stage for one run of a module. @param stage where that is (`stage/stage.ts`) */
export async function startProvider(stage: string, name: string, run: PlannedRun): Promise<Provider> {
  const { id, issuer } = await say<{ id: number; issuer: string }>(
    `${stage}/start?${new URLSearchParams({ module: name, ...run })}`,
  )
  const own = `${stage}/${id}`
  return {
    issuer,
    async seen(endpoint) {
      return (await say<Seen[]>(`${own}/seen`)).filter((request) => request.endpoint === endpoint)
    },
    rotateKeys: () => say(`${own}/rotate-keys`),
    logoutToken: (personality) =>
      say(`${own}/logout-token${personality === undefined ? '' : `?personality=${personality}`}`),
    frontChannelUrl: () => say(`${own}/front-channel`),
  }
}

async function say<Answer>(url: string): Promise<Answer> {
  const response = await fetch(url)
  const text = await response.text()
  if (!response.ok) throw new Error(`the stage says ${response.status}: ${text}`)
  return JSON.parse(text) as Answer
}
