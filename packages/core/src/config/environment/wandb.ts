import type { EnvironmentForm, Origin, Variables } from './form.ts'

/** W&B's variables, https://docs.wandb.ai/guides/hosting/iam/sso/, and the keys they stand for. */
export const wandbKeys: Readonly<Record<string, string>> = {
  OIDC_ISSUER: 'server_url',
  OIDC_CLIENT_ID: 'client_id',
  OIDC_CLIENT_SECRET: 'client_secret',
  GORILLA_OIDC_SECRET: 'client_secret',
  GORILLA_OIDC_CUSTOM_SCOPES: 'scope',
  OIDC_AUTH_METHOD: 'response_type',
}

const entryPath = ['sso', 'identity_providers', 0] as const

/** Reads W&B's variables. @returns undefined when there are none */
export function readWandb(variables: Variables): EnvironmentForm | undefined {
  const origins: Origin[] = []
  const entry: Record<string, unknown> = { id: 'oidc', protocol: 'OIDC', name: 'Single sign-on' }
  for (const [variable, key] of Object.entries(wandbKeys)) {
    const text = variables[variable]
    if (!text || entry[key] !== undefined) continue
    entry[key] = key === 'scope' ? text.split(/[\s,]+/).filter((scope) => scope !== '') : text
    origins.push({ path: [...entryPath, key], variable })
  }
  if (entry['server_url'] === undefined && entry['client_id'] === undefined) return undefined
  const { response_type: method = 'implicit', ...rest } = entry
  const isImplicit = String(method).toLowerCase() === 'implicit'
  const flow = isImplicit ? 'id_token' : method === 'pkce' ? 'code' : method
  const isPublic = !isImplicit && rest['client_secret'] === undefined
  return {
    input: {
      sso: {
        enabled: true,
        selection_mode: 'lowest_weight',
        identity_providers: [
          { ...rest, response_type: flow, ...(isPublic ? { token_auth_method: 'none' } : {}) },
        ],
      },
    },
    origins:
      isImplicit && variables['OIDC_AUTH_METHOD'] === undefined
        ? [...origins, { path: [...entryPath, 'response_type'], variable: 'OIDC_AUTH_METHOD' }]
        : origins,
    issues: [],
  }
}
