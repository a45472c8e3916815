import { about, type Finding } from './finding.ts'

/** What a host says where it finds nobody: because of the name, or because of itself. */
const NOBODY_FOUND = ['ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH']

/**
 * Says that it may be this machine, where several hosts were asked and none was found: that all names are misspelt is less
 * likely.
 *
 * @param examined the findings about each provider
 */
export function suspectNetwork(examined: readonly (readonly Finding[])[]): readonly Finding[] {
  const findings = examined.flat()
  const lost = findings.filter(({ status, code = '' }) => status === 'error' && NOBODY_FOUND.includes(code))
  // Only what was answered has a clock, and only what was reached a certificate.
  const isReached = findings.some(
    ({ check, status, code = '' }) =>
      check === 'clock' || (check === 'tls' && (status === 'ok' || !NOBODY_FOUND.includes(code))),
  )
  // Each begins with its host.
  if (isReached || new Set(lost.map(({ found }) => found)).size < 2) return []
  const found = `none of the ${lost.length} hosts that were asked was found`
  return [about('network', 'network').warning(found, 'has this machine a network, and DNS?', 'network')]
}
