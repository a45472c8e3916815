import { BlockList, isIP } from 'node:net'
import { isLoopback } from '@doorward/core/config'
import { shown } from '@doorward/core/errors'
import type { Examination } from './examination.ts'
import { about, count, day, type Finding } from './finding.ts'
import { explainReason } from './trouble.ts'

const DAY = 24 * 60 * 60 * 1000
const EXPIRES_SOON = 14 * DAY

/** Who calls a host: a login fails when Doorward can not, or when people can not. */
export type Caller = 'Doorward' | 'browsers'

/**
 * Examines the hosts of the `https:` addresses among `urls`.
 *
 * @param urls each with who calls it
 */
export async function checkHosts(
  urls: readonly (readonly [url: string, caller: Caller])[],
  examination: Examination,
): Promise<readonly Finding[]> {
  const hosts = new Map<string, Caller>()
  for (const [text, caller] of urls) {
    const url = URL.parse(text)
    if (url?.protocol === 'https:' && hosts.get(url.host) !== 'Doorward') hosts.set(url.host, caller)
  }
  return Promise.all([...hosts].map(([host, caller]) => checkHost(host, caller, examination)))
}

async function checkHost(
  host: string,
  caller: Caller,
  { lookAt, now, baseUrl }: Examination,
): Promise<Finding> {
  const tls = about('tls', 'TLS')
  const look = await lookAt(host)
  const name = shown(host)
  if (look.kind === 'unreachable' || look.refusal !== undefined) {
    const code = look.kind === 'unreachable' ? look.reason : (look.refusal ?? '')
    const { found, fix } = explainReason(code)
    const until = look.kind === 'seen' ? `, valid until ${day(look.validTo)}` : ''
    const text = `${name}: ${found} (${code})${until}`
    return caller === 'Doorward'
      ? tls.error(text, fix, code)
      : tls.warning(text, `only people's browsers go there: ${fix}`, code)
  }
  const days = Math.floor((look.validTo - now()) / DAY)
  const found = `${name}: certificate until ${day(look.validTo)}`
  if (look.validTo < now() + EXPIRES_SOON) {
    const fix = 'the provider has to renew it; nobody can sign in after that day'
    return tls.warning(`${found}, ${count(days, 'day')} from now`, fix, 'certificate_expires_soon')
  }
  if (caller === 'Doorward' && isPrivate(look.address) && !isLoopback(new URL(baseUrl).hostname)) {
    const fix = 'Doorward on Cloudflare can not reach it: make it public, or run Doorward in that network'
    return tls.warning(`${name}: in a private network (${look.address})`, fix, 'private_address')
  }
  return tls.ok(found)
}

const privateAddresses = new BlockList()
for (const [net, prefix] of [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  privateAddresses.addSubnet(net, prefix, 'ipv4')
}
privateAddresses.addSubnet('fc00::', 7, 'ipv6')
privateAddresses.addSubnet('fe80::', 10, 'ipv6')
privateAddresses.addAddress('::1', 'ipv6')

/** @returns whether an address is one that only its own network knows */
export function isPrivate(address: string): boolean {
  const family = isIP(address)
  return family !== 0 && privateAddresses.check(address, family === 4 ? 'ipv4' : 'ipv6')
}
