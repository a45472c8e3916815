import { isJsonObject, type JsonObject } from '../encoding/json-object.ts'

/** Claims that were verified, whatever they say. */
export type Claims = JsonObject

/**
 * Finds a claim by its name, dots and all as in `https://acme.example/groups`; else by the path that the dots make,
 * as in `realm_access.roles`.
 */
export function readClaim(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name]
  return name.split('.').reduce<unknown>((inner, step) => {
    return isJsonObject(inner) && Object.hasOwn(inner, step) ? inner[step] : undefined
  }, claims)
}
