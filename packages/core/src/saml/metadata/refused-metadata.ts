import { type ErrorDetails, SsoError } from '../../errors/index.ts'

/** What is wrong with metadata, for whoever explains it: `fault` in the details of `saml_metadata_invalid`. */
export type MetadataFault =
  /** Not the XML that is read: `reason` and `offset` say why. */
  | 'not_xml'
  /** A page for people: the address is of another thing, or wants somebody to sign in first. */
  | 'web_page'
  /** XML, and something else than metadata. */
  | 'not_metadata'
  /** No entity is called as configured: `entities` says how many there are, `received` what one of them is called. */
  | 'entity_missing'
  | 'entity_twice'
  | 'no_identity_provider'
  /** The identity provider speaks other protocols only. */
  | 'no_saml2'
  /** An end of its validity that is no time: nobody knows whether it is over. */
  | 'valid_until'
  /** Nowhere to send people to, by a binding that we have. */
  | 'no_sign_on'
  | 'no_key'
  | 'too_many_keys'

/**
 * The refusal of metadata that a login can not use, or must not.
 *
 * @param message for an administrator, without a value from the document
 * @param details what helps to find the cause
 */
export function refusedMetadata(fault: MetadataFault, message: string, details: ErrorDetails = {}): SsoError {
  return new SsoError('saml_metadata_invalid', message, { details: { fault, ...details } })
}
