import { type EnvironmentForm, type Origin, saidTwice, type VariableIssue, type Variables } from './form.ts'

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
  const { entry, origins, issues } = collect(variables)
  if (entry['server_url'] === undefined && entry['client_id'] === undefined) return undefined
  const { response_type: method = 'implicit', client_secret: secret, ...rest } = entry
  const flow = String(method).toLowerCase()
  if (flow !== 'pkce' && flow !== 'implicit') issues.push(unknownMethod)
  const isImplicit = flow === 'implicit'
  if (isImplicit && !origins.some(({ variable }) => variable === 'OIDC_AUTH_METHOD')) {
    origins.push({ path: [...entryPath, 'response_type'], variable: 'OIDC_AUTH_METHOD' })
  }
  const client = secret === undefined ? { token_auth_method: 'none' } : { client_secret: secret }
  // The implicit flow has no use for a secret, and the other one may be meant.
  const provider = isImplicit ? { ...rest, response_type: 'id_token' } : { ...rest, ...client }
  return {
    input: { sso: { enabled: true, selection_mode: 'lowest_weight', identity_providers: [provider] } },
    origins,
    issues,
    names: Object.fromEntries(
      Object.entries(wandbKeys)
        .map(([name, key]) => [key, name] as const)
        .reverse(),
    ),
    fixes: {
      'write "response_type: code" if the provider allows that':
        'set OIDC_AUTH_METHOD=pkce, and allow the authorization code at the provider',
    },
  }
}

const unknownMethod: VariableIssue = {
  code: 'choice_unknown',
  variable: 'OIDC_AUTH_METHOD',
  message: 'OIDC_AUTH_METHOD must be pkce or implicit',
  fix: 'write OIDC_AUTH_METHOD=pkce',
}

function collect(variables: Variables) {
  const origins: Origin[] = []
  const issues: VariableIssue[] = []
  const entry: Record<string, unknown> = {
    id: 'oidc',
    protocol: 'OIDC',
    name: 'Single sign-on',
    callback_path: '/oidc/callback',
  }
  for (const [variable, key] of Object.entries(wandbKeys)) {
    const text = variables[variable]
    if (!text) continue
    issues.push(...saidTwice([...entryPath, key], variable, variables, origins))
    if (entry[key] !== undefined) continue
    entry[key] = key === 'scope' ? text.split(/[\s,]+/).filter((scope) => scope !== '') : text
    origins.push({ path: [...entryPath, key], variable })
  }
  return { entry, origins, issues }
}
