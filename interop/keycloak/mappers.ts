/** What Keycloak's administration takes: named as its console shows it in a comment where that differs. */
export type Representation = Readonly<Record<string, unknown>>

/** "Group Membership", as docs/idp/keycloak.md has it. @param fullPath "Full group path" */
export function groupMapper(name: string, fullPath: 'true' | 'false'): Representation {
  return {
    name,
    protocol: 'openid-connect',
    protocolMapper: 'oidc-group-membership-mapper',
    config: {
      'claim.name': 'groups',
      'full.path': fullPath,
      'id.token.claim': 'true',
      'access.token.claim': 'true',
      'userinfo.token.claim': 'true',
    },
  }
}

/** "User Realm Role", with "Add to ID token" on. */
export const roleMapper: Representation = {
  name: 'roles',
  protocol: 'openid-connect',
  protocolMapper: 'oidc-usermodel-realm-role-mapper',
  config: { 'claim.name': 'realm_access.roles', multivalued: 'true', 'id.token.claim': 'true' },
}

/** "Add to ID token" off and "Add to userinfo" on. */
const userinfoOnly = { 'id.token.claim': 'false', 'userinfo.token.claim': 'true' }

/** What a login needs, and nothing of it in the ID Token. */
export const userinfoMappers: readonly Representation[] = [
  ...(
    [
      ['email', 'email', 'String'],
      ['emailVerified', 'email_verified', 'boolean'],
      ['firstName', 'given_name', 'String'],
    ] as const
  ).map(([property, claim, type]) => ({
    name: claim,
    protocol: 'openid-connect',
    protocolMapper: 'oidc-usermodel-property-mapper', // User Property
    config: { 'user.attribute': property, 'claim.name': claim, 'jsonType.label': type, ...userinfoOnly },
  })),
  {
    name: 'groups',
    protocol: 'openid-connect',
    protocolMapper: 'oidc-group-membership-mapper',
    config: { 'claim.name': 'groups', 'full.path': 'false', ...userinfoOnly },
  },
]
