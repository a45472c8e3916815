import type { Configuration } from '@doorward/core'
import { Hono } from 'hono'
import type { AppEnvironment } from '../context.ts'
import type { LoginMethod, LoginMethods } from '../contract.ts'
import { icons } from '../icons.ts'

/** `GET /api/auth/social`: which ways to log in there are. */
export function methodsRoute(configuration: Configuration): Hono<AppEnvironment> {
  const offered = configuration.connections.map(({ summary }) => summary).filter(({ isOffered }) => isOffered)
  const social = (id: keyof typeof icons, public_name: string): LoginMethod => ({
    is_enabled: offered.some((summary) => summary.protocol === 'social' && summary.id === id),
    icon: icons[id],
    public_name,
  })
  const methods: LoginMethods = {
    google: social('google', 'Google'),
    github: social('github', 'GitHub'),
    'amazon-cognito': social('amazon-cognito', 'Amazon Cognito'),
    sso: {
      is_enabled: offered.some(({ protocol }) => protocol !== 'social'),
      icon: null,
      public_name: 'SSO',
      selection_schema: configuration.selectionMode,
    },
  }
  return new Hono<AppEnvironment>().get('/', (c) => c.json(methods))
}
