import { readCertificates } from '@doorward/core/config'
import {
  createVerificationKey,
  decodeBase64,
  type ExpectedResponse,
  validateResponse,
} from '@doorward/core/saml'
import type { Input } from './input/input.ts'
import { DOORWARD } from './names.ts'
import { claimsFrom, type Validator } from './validator.ts'

/** As a login does it: from the form field on, with the keys of the connection imported once. */
export function createOurs({ exchange, certificate, claims }: Input): Validator {
  const { issuer, audience, acsUrl, requestId, now } = exchange
  const read = readCertificates(certificate)
  if ('problem' in read) throw new Error(`the certificate can not be read: ${read.problem.kind}`)
  const keys = read.certificates
    .map(({ der }) => createVerificationKey(der))
    .filter((key) => key !== undefined)
  const expected: ExpectedResponse = {
    entityId: issuer,
    keys,
    audience,
    acsUrl,
    requestId,
    wantsSignedAssertions: true,
    wantsSignedResponse: false,
    authenticatedSince: undefined,
    authnContext: undefined,
    keyPairs: [],
    now,
  }
  return {
    name: DOORWARD,
    async validate({ base64 }) {
      const unverifiedXml = decodeBase64(base64)
      if (!unverifiedXml) return undefined
      const { assertion } = await validateResponse(unverifiedXml, expected)
      const attributes = new Map(assertion.attributes.map(({ name, values }) => [name, values]))
      return claimsFrom(assertion.nameId.value, claims, (name) => attributes.get(name))
    },
  }
}
