import { parseEmailAddress } from '../address.ts'
import { type Entry, type Finding, textOf, textsOf } from './entry.ts'

/** The largest providers of mail for everybody. */
const publicDomains: readonly string[] = [
  'gmail.com',
  'googlemail.com',
  'outlook.com',
  'hotmail.com',
  'live.com',
  'yahoo.com',
  'icloud.com',
  'proton.me',
  'gmx.de',
  'gmx.net',
  'web.de',
]

/** Whose logins belong to a provider. */
export function checkReach(entry: Entry): readonly Finding[] {
  const findings: Finding[] = []
  const addresses = entry.value['email_addresses']
  for (const [item, address] of [addresses].flat().entries()) {
    if (typeof address !== 'string' || address.trim() === '' || parseEmailAddress(address)) continue
    findings.push({
      code: 'email_address_invalid',
      key: 'email_addresses',
      ...(Array.isArray(addresses) ? { item } : {}),
      message: '"email_addresses" holds something that is not an e-mail address such as user@example.com',
      fix: 'write the address alone; a whole domain belongs in "email_domain"',
    })
  }
  if (textsOf(entry, 'email_domain').some((domain) => publicDomains.includes(domain.toLowerCase()))) {
    findings.push({
      code: 'domain_public',
      key: 'email_domain',
      message: 'everybody can have an address in this domain, so it says nothing about who belongs to you',
      fix: 'name your own domain, or single people in "email_addresses"',
    })
  }
  const isBound = textsOf(entry, 'email_domain').length > 0 || textsOf(entry, 'email_addresses').length > 0
  if (entry.value['default'] === true && isBound) {
    findings.push({
      code: 'default_bound',
      key: 'default',
      message: 'everybody else is sent here too, but only addresses that are named here may come back',
      fix: 'remove "default", or what is named; or give the provider a second entry',
    })
  }
  return findings
}

/** Groups that give roles, of which none are taken over. */
export function checkRoles({ value }: Entry): readonly Finding[] {
  if (value['authorization'] === undefined || value['synchronize_groups'] !== false) return []
  const message = 'nobody gets a role: groups give roles here, and "synchronize_groups" leaves them out'
  return [{ code: 'roles_without_groups', key: 'synchronize_groups', message, fix: 'remove it' }]
}

/** In `email_address` mode, a provider that no address leads to. */
export function checkIsReachable(entry: Entry): readonly Finding[] {
  const { value } = entry
  const isNamed = ['email_domain', 'email_addresses'].some((key) => value[key] !== undefined)
  if (
    isNamed ||
    value['default'] === true ||
    value['enabled'] === false ||
    textOf(entry, 'protocol') === undefined
  )
    return []
  const message =
    'nobody is sent to this identity provider: in "email_address" mode it needs an "email_domain"'
  return [
    { code: 'provider_never_chosen', message, fix: 'add "email_domain: example.com", or "default: true"' },
  ]
}
