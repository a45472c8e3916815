/** The first parameter that is there more than once, which RFC 6749 section 3.1 forbids. */
export function repeatedParameter(parameters: URLSearchParams): string | undefined {
  return [...parameters.keys()].find((name) => parameters.getAll(name).length > 1)
}

/** A parameter's value; an empty one counts as absent, as RFC 6749 section 3.1 demands. */
export function parameter(parameters: URLSearchParams, name: string): string | undefined {
  return parameters.get(name) || undefined
}

/**
 * Whether an address is among the registered ones, character by character. OpenID Connect Core 1.0 section
 * 3.1.2.1.
 */
export function isRegistered(address: string, registered: readonly string[] | 'any' | undefined): boolean {
  if (registered !== 'any') return registered?.includes(address) ?? false
  const url = URL.parse(address)
  return url !== null && /^https?:$/.test(url.protocol) && !address.includes('#')
}
