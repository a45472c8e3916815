/** Claims that were verified, whatever they say. */
export type Claims = Readonly<Record<string, unknown>>

/**
 * Finds a claim by its name, dots and all as in `https://acme.example/groups`; else by the path that the dots make,
 * as in `realm_access.roles`.
 */
export function readClaim(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name]
  return name.split('.').reduce<unknown>((inner, step) => {
    const isObject = typeof inner === 'object' && inner !== null && !Array.isArray(inner)
    return isObject && Object.hasOwn(inner, step) ? (inner as Claims)[step] : undefined
  }, claims)
}
