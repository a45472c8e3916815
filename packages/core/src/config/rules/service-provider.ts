import { isJsonObject } from '../../encoding/json-object.ts'
import type { ConfigurationIssue } from '../../errors/index.ts'
import { parseEmailAddress } from '../address.ts'
import type { BaseUrl } from '../base-url.ts'
import { addressProblem } from './addresses.ts'

type Mapping = Readonly<Record<string, unknown>>

/** `service_provider`: what others will read must be what it says it is. */
export function checkServiceProvider(section: Mapping, baseUrl: BaseUrl): readonly ConfigurationIssue[] {
  return [...checkOrganization(section['organization'], baseUrl), ...checkContacts(section['contacts'])]
}

function checkOrganization(value: unknown, baseUrl: BaseUrl): readonly ConfigurationIssue[] {
  const url = isJsonObject(value) ? value['url'] : undefined
  if (typeof url !== 'string' || url.trim() === '' || /[<>]/.test(url)) return []
  const problem = addressProblem(url, 'url', true, baseUrl)
  // It is for people to open, and carries no secret: plain http is none of our business.
  if (!problem || problem.code === 'url_not_https' || problem.code === 'url_on_loopback') return []
  return [{ path: ['service_provider', 'organization', 'url'], at: 'value', ...problem }]
}

function checkContacts(value: unknown): readonly ConfigurationIssue[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((contact: unknown, index): ConfigurationIssue[] => {
    const email = isJsonObject(contact) ? contact['email'] : undefined
    if (typeof email !== 'string' || email.trim() === '' || /[<>]/.test(email)) return []
    if (parseEmailAddress(email)) return []
    const fix = 'write the address alone, such as sso@example.com; "mailto:" is added'
    return [
      {
        code: 'email_address_invalid',
        path: ['service_provider', 'contacts', index, 'email'],
        at: 'value',
        message: '"email" is not an e-mail address',
        fix,
      },
    ]
  })
}
