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

  /** The identity provider refused the request that was pushed to it. */
  | 'pushed_request_refused'

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
  /** The person signed in at the identity provider before `max_age` allows, and was not asked to do so anew. */
  | 'authentication_too_old'
  /** The ID Token does not belong to the access token it came with (`at_hash`), or to the code (`c_hash`). */
  | 'id_token_access_token_mismatch'
  /** The userinfo response is about somebody else than the ID Token. */
  | 'userinfo_subject_mismatch'

  // The identity provider's answer by SAML, in the order of the checks.
  /** No `SAMLResponse` came, or several. */
  | 'saml_response_missing'
  /** Nobody asked for the answer, and the connection takes none of those. */
  | 'saml_unsolicited'
  /** A message is not the XML that SAML is made of: not well-formed, too large, or with what SAML never needs. */
  | 'saml_xml_invalid'
  /** The response is not of the shape of one. */
  | 'saml_response_invalid'
  /** The identity provider ended the login: its status is not success. */
  | 'saml_status'
  /** Nothing is signed, or not what the connection wants signed. */
  | 'saml_signature_missing'
  /** The signature has a shape or an algorithm that is never accepted. */
  | 'saml_signature_refused'
  /** The signature is wrong, or by a key that the identity provider does not publish. */
  | 'saml_signature_invalid'
  /** The assertion is encrypted in a way that is not supported, or there is no key of ours for it. */
  | 'saml_encryption_unsupported'
  /** The encrypted assertion can not be opened with a key of ours. */
  | 'saml_decryption_failed'
  /** The answer is from another identity provider. */
  | 'saml_issuer_mismatch'
  /** The response is for another address than the one it came to. */
  | 'saml_destination_mismatch'
  /** The assertion is for another service provider. */
  | 'saml_audience_mismatch'
  /** The assertion is to be delivered to another address than the one it came to. */
  | 'saml_recipient_mismatch'
  /** The answer belongs to another login. */
  | 'saml_request_mismatch'
  /** The assertion, or the session at the identity provider, has expired. */
  | 'saml_expired'
  /** The assertion is from the future: one of the two clocks is wrong. */
  | 'saml_not_yet_valid'
  /** The assertion lacks what a login needs, or has it twice. */
  | 'saml_assertion_invalid'
  /** An attribute that says who somebody is has several values, or one that can not be read. */
  | 'saml_attribute_invalid'
  /** A message about a logout is malformed, for somebody else, or too old. */
  | 'saml_logout_invalid'

  // An identity provider signs somebody out, whatever its protocol.
  /** A logout token by OpenID Connect is malformed, forged, for somebody else, or too old. */
  | 'logout_token_invalid'
  /** A front-channel logout names another provider, or no session. */
  | 'logout_notice_invalid'
  /** The message was already used once. */
  | 'logout_replayed'

  // The metadata of a SAML identity provider.
  /** It is not metadata of the configured identity provider, or lacks what a login, or the logout that is wanted, needs. */
  | 'saml_metadata_invalid'
  /** It was good until a time that has passed, and there is no newer one. */
  | 'saml_metadata_expired'

  // The identity is genuine, but may not come in.
  /** The account belongs to an organisation that the connection does not name. */
  | 'tenant_not_allowed'
  /** The identity provider left out the groups because there are too many, and the connection does not ask for them elsewhere. */
  | 'groups_overage'
  /** The connection is bound to addresses, or wants them verified, and the identity has none. */
  | 'email_missing'
  /** The connection lets in members of certain organisations, and the person is an active member of none. */
  | 'organization_missing'
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
