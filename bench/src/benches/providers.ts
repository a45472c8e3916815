import type { CompiledConfiguration } from '@doorward/core'
import { parseBaseUrl, parseConfiguration } from '@doorward/core/config'

/** @returns the id of a provider of {@link compiledWith} */
export function idOf(index: number): string {
  return `customer-${index}`
}

/** @returns the domain that belongs to it */
export function domainOf(index: number): string {
  return `customer-${index}.example.com`
}

/** A compiled configuration with so many OpenID Providers, each with a domain, groups and roles of its own. */
export function compiledWith(providers: number): CompiledConfiguration {
  // A good one is made by the parser, and repeated: to parse 100,000 is not what is measured.
  const template = JSON.stringify(compiledOne())
  const { connections, ...rest } = JSON.parse(template) as CompiledConfiguration
  const first = JSON.stringify(connections[0])
  return {
    ...rest,
    connections: Array.from({ length: providers }, (_, index) => {
      const text = first
        .replaceAll('customer-0.example.com', domainOf(index))
        .replaceAll('customer-0', idOf(index))
      return JSON.parse(text) as CompiledConfiguration['connections'][number]
    }),
  }
}

function compiledOne(): CompiledConfiguration {
  const base = parseBaseUrl('https://sso.example.com')
  if ('problem' in base) throw new Error(base.problem)
  const provider = {
    id: idOf(0),
    protocol: 'OIDC',
    name: `Login of ${idOf(0)}`,
    server_url: `https://login.${domainOf(0)}`,
    client_id: '0f6f1b36-3a1c-4ba8-9a53-7d0f3a1d7d64',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference of the configuration's own
    client_secret: '${SECRET_OF_CUSTOMER}',
    email_domain: [domainOf(0)],
    authorization: {
      mapping: [
        { group: 'administrators', root_role: 'admin' },
        { group: 'annotators', root_role: 'worker', organization_role: 'worker' },
      ],
    },
  }
  const { compiled, issues } = parseConfiguration(
    { sso: { enabled: true, identity_providers: [provider] } },
    {
      baseUrl: base.baseUrl,
      environment: () => undefined,
      secretsLater: true,
      now: 0,
      readFile: () => ({ problem: 'there are no files' }),
    },
  )
  if (!compiled) throw new Error(issues[0]?.message)
  return compiled
}
