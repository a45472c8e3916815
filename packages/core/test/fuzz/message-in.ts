import { deflateRawSync, inflateRawSync } from 'node:zlib'

/** A message in a query or a form, and the same query or form with another one. */
export interface CarriedMessage {
  readonly xml: Uint8Array
  with(xml: Uint8Array): string
}

/** @returns undefined where there is none that can be taken out */
export function messageIn(text: string, binding: 'redirect' | 'post'): CarriedMessage | undefined {
  const parameters = new URLSearchParams(text)
  const name = ['SAMLRequest', 'SAMLResponse'].find((one) => parameters.has(one))
  if (name === undefined) return undefined
  const octets = Buffer.from(parameters.get(name) ?? '', 'base64')
  try {
    return {
      xml: binding === 'redirect' ? inflateRawSync(octets, { maxOutputLength: 100_000 }) : octets,
      with(xml) {
        const changed = new URLSearchParams(parameters)
        const written = Buffer.from(binding === 'redirect' ? deflateRawSync(xml) : xml)
        changed.set(name, written.toString('base64'))
        return String(changed)
      },
    }
  } catch {
    return undefined
  }
}
