import type { Module } from '../module.ts'

export const module: Module = {
  outcome: 'Where the metadata is of another issuer than the configured one, nobody is sent to the provider.',
  provider: { personality: 'other-discovery-issuer' },
  refused: { as: 'provider_unavailable', because: 'discovery_issuer_mismatch' },
  asked: { authorization: 0 },
}
