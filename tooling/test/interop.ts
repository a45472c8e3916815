import { findKeycloak, simpleSamlPhpProblem } from './identity-providers.ts'
import { runVitest } from './vitest.ts'

/** What the suite came to. */
interface InteropOutcome {
  readonly passed: number
  readonly failed: number
  /** Who could not take part, and why: a line each. */
  readonly notRun: readonly string[]
}

/**
 * Logs in at identity providers that we did not write, those that are here or can be had.
 *
 * @param say is told what is installed
 */
export async function runInterop(say: (text: string) => void): Promise<InteropOutcome> {
  const notRun: string[] = []
  const simpleSamlPhp = await simpleSamlPhpProblem(say)
  if (simpleSamlPhp !== undefined) notRun.push(`not run: SimpleSAMLphp: ${simpleSamlPhp}`)
  const keycloak = await findKeycloak(say)
  if ('problem' in keycloak) notRun.push(`not run: Keycloak: ${keycloak.problem}`)
  for (const line of notRun) say(line)
  // Where everything counts, one of the two must take part. What npm has is there anyway.
  const failed = simpleSamlPhp !== undefined && process.env['CI'] ? 1 : 0
  // The suite asks for it by this name, and takes part without it where there is none.
  process.env['KEYCLOAK_HOME'] = 'home' in keycloak ? keycloak.home : ''
  const outcome = await runVitest('interop')
  return { passed: outcome.passed, failed: outcome.failed + failed, notRun }
}
