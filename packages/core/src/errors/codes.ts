/**
 * Why something was refused, precisely. These codes go to the event log, where an administrator reads them; what a
 * person sees is one of a few coarse public codes, chosen at the edge by one exhaustive switch.
 */
export type ErrorCode =
  // What was asked for makes no sense.
  /** A parameter or the body of the request is missing or malformed. */
  | 'request_invalid'
  /** A login was started from another site by something other than a navigation. */
  | 'request_cross_site'
  /** The address to return to after the login is not one of ours. */
  | 'return_to_refused'
  /** More requests than the limit allows came from one address. */
  | 'rate_limited'

  // Selection.
  /** What was typed is not an e-mail address. */
  | 'address_invalid'
  /** No connection fits the address. */
  | 'connection_not_found'

  // The login as a transaction.
  /** No cookie of this browser belongs to the `state` of the answer. */
  | 'transaction_missing'
  /** The cookie can not be opened: altered, or sealed with a secret that is no longer in use. */
  | 'transaction_unreadable'
  /** The login was begun too long ago. */
  | 'transaction_expired'
  /** The login was begun for another connection, base URL or configuration. */
  | 'transaction_mismatch'
  /** The answer was already used once. */
  | 'transaction_replayed'
  /** What may be used once is good for longer than it can be remembered. */
  | 'lifetime_too_long'
  /** The sessions of this person or at this provider were ended while the login was under way. */
  | 'session_ended_early'

  // The identity provider does not work.
  /** No connection to the identity provider could be made, or it broke. */
  | 'provider_unreachable'
  /** The identity provider did not answer in time. */
  | 'provider_timeout'
  /** The identity provider answered with an error status, a redirect, or something that is not the expected JSON. */
  | 'provider_response_invalid'
  /** The answer of the identity provider is larger than any honest one. */
  | 'provider_response_too_large'
  /** A URL that the identity provider published may not be called: not https. */
  | 'provider_url_refused'
  /** The discovery document is for another issuer than the configured one. */
  | 'discovery_issuer_mismatch'
  /** The discovery document lacks what a login needs. */
  | 'discovery_invalid'

  // The identity provider's answer.
  /** The person or the identity provider ended the login (`access_denied`). */
  | 'authorization_denied'
  /** The identity provider answered the authorization request with another error. */
  | 'authorization_failed'
  /** The authorization response is malformed: parameters missing or given twice. */
  | 'authorization_response_invalid'
  /** The `iss` of the authorization response is missing or another one (mix-up). */
  | 'authorization_issuer_mismatch'
  /** The token endpoint refused: wrong client secret, or a code that is used up, expired or another client's. */
  | 'token_request_refused'
  /** The token response lacks what a login needs. */
  | 'token_response_invalid'
  /** The ID Token is not a well-formed JWT. */
  | 'id_token_malformed'
  /** The ID Token is signed with an algorithm that is never accepted, or not signed. */
  | 'id_token_algorithm_refused'
  /** No published key fits the ID Token. */
  | 'id_token_key_not_found'
  /** The signature of the ID Token is wrong. */
  | 'id_token_signature_invalid'
  /** The ID Token is from another issuer. */
  | 'id_token_issuer_mismatch'
  /** The ID Token is for another client. */
  | 'id_token_audience_mismatch'
  /** The ID Token belongs to another login. */
  | 'id_token_nonce_mismatch'
  /** The ID Token has expired. */
  | 'id_token_expired'
  /** The ID Token is from the future: one of the two clocks is wrong. */
  | 'id_token_not_yet_valid'
  /** A claim of the ID Token is missing or malformed. */
  | 'id_token_claim_invalid'
  /** The ID Token does not belong to the access token it came with (`at_hash`). */
  | 'id_token_access_token_mismatch'
  /** The userinfo response is about somebody else than the ID Token. */
  | 'userinfo_subject_mismatch'

  // The identity is genuine, but may not come in.
  /** The connection is bound to addresses, or wants them verified, and the identity has none. */
  | 'email_missing'
  /** The e-mail address is not one. */
  | 'email_invalid'
  /** The e-mail address is not in a domain of the connection. */
  | 'email_outside_domain'
  /** The e-mail address is one that only another connection may vouch for: itself, or its domain. */
  | 'email_domain_of_another_connection'
  /** The identity provider says that the e-mail address is not verified, or does not say that it is where it must. */
  | 'email_unverified'

  // Our own state.
  /** The ledger of what was used can not be reached: no login is accepted without it. */
  | 'ledger_unavailable'
  /** The session store can not be reached. */
  | 'session_store_unavailable'
  /** The configuration or a secret of this installation is missing or unusable. */
  | 'installation_invalid'

  // A configuration that was pushed.
  /** It can not be opened: altered, cut, or sealed with a secret that is not in use here. */
  | 'configuration_unreadable'
  /** It is older than one that was accepted before. */
  | 'configuration_outdated'
  /** One was accepted before, and now there is none. */
  | 'configuration_missing'
  /** Which one was accepted last can not be asked for, or a new one can not be kept. */
  | 'configuration_unavailable'
