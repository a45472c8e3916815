import type { Configuration } from '@doorward/core'
import { Hono } from 'hono'
import type { AppEnvironment } from '../context.ts'
import type { LoginMethod, LoginMethods } from '../contract.ts'

/** `GET /api/auth/social`: which ways to log in there are. */
export function methodsRoute(configuration: Configuration): Hono<AppEnvironment> {
  const unavailable = (public_name: string): LoginMethod => ({ is_enabled: false, icon: null, public_name })
  const methods: LoginMethods = {
    google: unavailable('Google'),
    github: unavailable('GitHub'),
    'amazon-cognito': unavailable('Amazon Cognito'),
    sso: {
      is_enabled: configuration.connections.some(({ summary }) => summary.isOffered),
      icon: null,
      public_name: 'SSO',
      selection_schema: configuration.selectionMode,
    },
  }
  return new Hono<AppEnvironment>().get('/', (c) => c.json(methods))
}
