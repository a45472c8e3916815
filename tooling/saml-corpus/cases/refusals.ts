import type { SamlPersonalityName } from '@doorward/testkit/saml'
import type { Refusal } from '../planned-case.ts'

/** Of what is no XML, or more. */
export const xml = (reason: string): Refusal => ['saml_xml_invalid', reason]
/** Of a response that is not shaped as one. */
export const shape = (reason: string): Refusal => ['saml_response_invalid', reason]
/** Of a signature that is not even computed. */
export const refusedSignature = (reason: string): Refusal => ['saml_signature_refused', reason]
/** Of what an assertion says. */
export const assertion = (reason: string): Refusal => ['saml_assertion_invalid', reason]
/** Of what is said about the person. */
export const attribute = (reason: string): Refusal => ['saml_attribute_invalid', reason]
/** Of what is encrypted in a way that is not read. */
export const encryption = (reason: string): Refusal => ['saml_encryption_unsupported', reason]

/** Why the personalities that are bad are refused; the others are good. */
export const refusals: readonly (readonly [refusal: Refusal, names: readonly SamlPersonalityName[]])[] = [
  [
    ['email_invalid', 'the identity provider sent something that is not an e-mail address'],
    [
      'email-with-two-ats',
      'email-with-kelvin-sign',
      'email-with-invisible-character',
      'email-not-an-address',
    ],
  ],
  [
    ['email_outside_domain', "the e-mail address is not in the connection's email_domain"],
    ['email-of-another-domain', 'email-of-sub-domain', 'email-domain-as-prefix'],
  ],
  [
    assertion('a part of the assertion is there twice'),
    ['two-conditions', 'two-confirmation-data', 'two-name-ids', 'two-subjects'],
  ],
  [
    assertion('a time is not written as SAML writes it, in UTC'),
    [
      'confirmation-date-unparsable',
      'session-end-unparsable',
      'not-before-unparsable',
      'date-unparsable',
      'date-empty',
      'date-without-timezone',
      'date-with-offset',
      'date-without-time',
      'date-in-month-thirteen',
      'date-as-number',
    ],
  ],
  [assertion('a value is empty, or has elements in it'), ['element-in-audience', 'empty-audience']],
  [assertion('the assertion does not say that somebody was authenticated'), ['no-authn-statement']],
  [assertion('the assertion does not say when it was issued'), ['no-issue-instant']],
  [assertion('the assertion has a condition that is not known here'), ['unknown-condition']],
  [assertion('the assertion has no ID, or one that is no name'), ['assertion-without-id-in-signed-response']],
  [assertion('the assertion is about nobody'), ['name-id-in-other-namespace', 'no-subject', 'no-name-id']],
  [assertion('the assertion is not of SAML 2.0'), ['version-1.1-assertion', 'no-version']],
  [
    assertion('the confirmation of the subject does not say until when it holds'),
    ['confirmation-without-end'],
  ],
  [
    assertion('the name of the subject is empty, or has elements in it or white space around it'),
    ['element-in-name-id', 'empty-name-id', 'blank-name-id'],
  ],
  [
    assertion('the subject is confirmed by another method than bearer'),
    ['not-bearer', 'sender-vouches', 'mixed-methods'],
  ],
  [assertion('the subject is not confirmed'), ['no-confirmation']],
  [attribute('an attribute holds control characters, or is longer than any'), ['email-with-line-end']],
  [
    attribute('an attribute that may have one value has several'),
    ['two-email-values', 'two-email-attributes'],
  ],
  [
    attribute('the NameID is transient, another one at every login, and attribute_mapping names no uid'),
    ['transient-name-id'],
  ],
  [attribute('the value of an attribute is made of elements'), ['element-in-attribute', 'element-as-email']],
  [
    ['saml_audience_mismatch', 'the assertion is for another service provider'],
    [
      'conditions-in-other-namespace',
      'wrong-audience',
      'audience-with-suffix',
      'one-of-two-restrictions',
      'no-audience-restriction',
      'empty-audience-restriction',
      'no-conditions',
    ],
  ],
  [
    ['saml_decryption_failed', 'what is encrypted can not be decrypted with a key of ours'],
    [
      'encrypted-with-wrong-tag',
      'encrypted-with-short-tag',
      'encrypted-and-empty',
      'encrypted-for-somebody-else',
      'encrypted-content-elsewhere',
      'encrypted-key-elsewhere',
    ],
  ],
  [
    ['saml_destination_mismatch', 'the response was sent to another address'],
    ['wrong-destination', 'empty-destination', 'destination-with-suffix', 'missing-destination-signed'],
  ],
  [encryption('AES-CBC is decrypted only within a signed response'), ['encrypted-by-cbc']],
  [
    encryption('RSA-OAEP is read with one and the same hash for digest and mask, and no parameters'),
    ['encrypted-with-wrong-oaep-mask'],
  ],
  [encryption('the cipher is not one that is read here: AES-GCM is'), ['encrypted-by-3des']],
  [encryption('the key is encrypted in a way that is not read here: RSA-OAEP is'), ['encrypted-by-rsa-1.5']],
  [
    ['saml_expired', 'the assertion has expired'],
    ['expired', 'confirmation-expired', 'session-over'],
  ],
  [
    ['saml_issuer_mismatch', 'the assertion is from another identity provider'],
    [
      'wrong-assertion-issuer',
      'missing-assertion-issuer',
      'issuer-differs-by-slash',
      'issuer-of-another-format',
    ],
  ],
  [['saml_issuer_mismatch', 'the response is from another identity provider'], ['wrong-response-issuer']],
  [
    ['saml_not_yet_valid', 'the assertion is not valid yet'],
    ['not-yet-valid', 'never-valid', 'confirmation-not-yet-valid'],
  ],
  [
    ['saml_recipient_mismatch', 'the assertion is for another address'],
    [
      'namespaced-attributes',
      'wrong-recipient',
      'missing-recipient',
      'recipient-with-suffix',
      'no-confirmation-data',
      'assertion-for-another-service-provider',
    ],
  ],
  [
    ['saml_request_mismatch', 'the assertion does not answer the request of this login'],
    ['wrong-in-response-to-in-confirmation', 'mixed-confirmations', 'assertion-of-earlier-login'],
  ],
  [
    ['saml_request_mismatch', 'the response does not answer the request of this login'],
    ['wrong-in-response-to', 'wrong-in-response-to-on-response'],
  ],
  [
    shape('the assertion does not stand in the response itself'),
    ['signed-error-response', 'assertion-not-a-child'],
  ],
  [
    shape('the message is not a response'),
    [
      'response-in-no-namespace',
      'logout-response',
      'logout-request-around-assertion',
      'assertion-as-root',
      'response-in-envelope',
      'artifact-response',
    ],
  ],
  [shape('the response has no ID, or one that is no name'), ['no-response-id']],
  [shape('the response has several statuses'), ['two-statuses']],
  [shape('the response is not of SAML 2.0'), ['version-1.1-response']],
  [
    shape('there is more than one assertion'),
    [
      'xsw1',
      'xsw2',
      'xsw3',
      'xsw4',
      'xsw5',
      'xsw6',
      'forged-assertion-in-extensions',
      'forged-assertion-in-object',
      'forged-assertion-in-key-info',
      'forged-assertion-in-status-detail',
      'forged-assertion-last',
      'forged-response-around-response',
      'several-assertions',
      'encrypted-forgery-beside-signed',
      'two-encrypted-assertions',
    ],
  ],
  [shape('there is no assertion'), ['assertion-of-saml-1.1', 'no-assertion']],
  [
    shape('what is encrypted is not an assertion, or more than one'),
    ['encrypted-wrapping', 'encrypted-response', 'encrypted-name-id-as-assertion', 'encrypted-twice'],
  ],
  [
    ['saml_signature_invalid', 'no key of the identity provider is for this algorithm'],
    ['algorithm-of-another-key-type'],
  ],
  [
    ['saml_signature_invalid', 'the signature is not one of the configured keys over this element'],
    [
      'assertions-swapped',
      'digest-in-status-detail',
      'tampered-name-id',
      'tampered-attribute',
      'tampered-signed-response',
      'tampered-white-space',
      'invalid-response-signature',
      'response-signature-of-another',
      'invalid-assertion-signature',
      'signature-of-another-assertion',
      'certificate-of-attacker',
      'certificate-of-attacker-beside-good-one',
      'forged-signature',
      'signed-by-stranger-without-key-info',
      'key-value-of-attacker',
      'key-at-address',
      'unpublished-key',
      'algorithm-changed',
      'ecdsa-in-der',
      'ecdsa-with-zeros',
      'truncated-signature',
      'weak-key',
    ],
  ],
  [
    ['saml_signature_missing', 'neither the response nor the assertion is signed'],
    ['unsigned', 'signature-removed', 'signature-in-other-namespace', 'encrypted-forgery'],
  ],
  [
    refusedSignature('a digest or a signature is empty, or not base64'),
    ['empty-digest', 'empty-signature-value'],
  ],
  [
    refusedSignature('a part of the signature is missing, stands in another place or is there twice'),
    [
      'two-references',
      'no-reference',
      'no-digest',
      'two-digests',
      'two-signed-infos',
      'two-signed-infos-forged-last',
      'signed-info-in-object',
      'object-in-signature',
      'empty-signature',
      'no-signed-info',
      'empty-signed-info',
      'no-signature-value',
      'no-transforms',
    ],
  ],
  [
    refusedSignature('a signature stands where none belongs, or two stand in one place'),
    ['signature-twice', 'signature-in-subject'],
  ],
  [
    refusedSignature('the canonicalization or transform has an algorithm that is not accepted'),
    ['base64-transform', 'unknown-canonicalization', 'no-canonicalization'],
  ],
  [
    refusedSignature('the digest has an algorithm that is not accepted'),
    ['sha1-digest', 'md5-digest', 'unknown-digest-algorithm'],
  ],
  [
    refusedSignature('the first transform is not that of an enveloped signature'),
    ['transforms-out-of-order', 'no-enveloped-transform'],
  ],
  [
    refusedSignature('the signature has an algorithm that is not accepted'),
    [
      'hmac-with-certificate-pem',
      'hmac-with-certificate-der',
      'hmac-with-certificate-base64',
      'hmac-with-public-key-pem',
      'hmac-with-public-key-der',
      'hmac-truncated',
      'sha1-signature',
      'md5-signature',
      'no-signature-algorithm',
      'algorithm-none',
      'unknown-signature-algorithm',
      'dsa-signature',
    ],
  ],
  [
    refusedSignature('the signature is not of the element that it stands in'),
    [
      'signature-moved',
      'signature-moved-to-the-end',
      'signature-copied',
      'empty-reference-uri',
      'absent-reference-uri',
      'reference-without-hash',
      'xpointer-reference',
      'xpointer-to-root',
      'http-reference',
      'file-reference',
      'quoted-reference',
      'dangling-reference',
      'reference-to-another-element',
    ],
  ],
  [
    refusedSignature('the signed element has no ID, or one that is no name'),
    ['empty-id', 'id-is-no-name', 'no-assertion-id'],
  ],
  [
    refusedSignature('there are other transforms than two, or something else among them'),
    [
      'xpath-transform',
      'xpath-filter-transform',
      'xslt-transform',
      'decryption-transform',
      'unknown-transform',
      'three-transforms',
      'enveloped-twice',
    ],
  ],
  [
    ['saml_status', 'the identity provider answered that it signs nobody in'],
    [
      'authentication-failed',
      'status-not-success',
      'nested-success',
      'status-of-other-case',
      'empty-status',
      'no-status',
    ],
  ],
  [
    ['saml_unsolicited', 'the assertion answers no request'],
    [
      'missing-in-response-to',
      'in-response-to-on-response-only',
      'unsolicited-wrong-audience',
      'assertion-nobody-asked-for',
    ],
  ],
  [xml('CDATA stands outside of the root, or has no end'), ['cdata-after-root']],
  [xml('"<" stands in the value of an attribute'), ['tag-in-attribute']],
  [xml('"]]>" stands in a text'), ['cdata-end-in-text']],
  [
    xml('a namespace has a name that is no absolute URI, or longer than any'),
    [
      'digest-of-nothing',
      'quote-in-namespace-name',
      'markup-in-namespace-name',
      'blank-in-namespace-name',
      'relative-namespace-name',
      'relative-namespace-name-on-root',
    ],
  ],
  [xml('a prefix is declared for no namespace'), ['undeclared-prefix']],
  [xml('a prefix is not declared'), ['unbound-prefix', 'unbound-attribute-prefix']],
  [xml('a tag is not written as one'), ['attributes-without-blank']],
  [
    xml('an ID is given twice'),
    [
      'xsw7',
      'xsw8',
      'duplicate-ID',
      'duplicate-Id',
      'duplicate-id',
      'duplicate-xml-id',
      'duplicate-namespaced-ID',
      'response-has-id-of-assertion',
      'polluted-response-id',
    ],
  ],
  [xml('an attribute is given twice'), ['duplicate-attribute', 'duplicate-attribute-by-namespace']],
  [xml('an attribute is not written as one'), ['attribute-without-quotes', 'attribute-without-value']],
  [xml('an element is not closed'), ['truncated']],
  [xml('an end tag does not belong to the open element'), ['crossing-tags']],
  [
    xml('the XML declaration is malformed, or declares something other than version 1.0 in UTF-8'),
    ['declared-latin-1', 'declared-utf-7', 'xml-1.1'],
  ],
  [xml('the document is not UTF-8'), ['utf-16', 'utf-16-big-endian', 'overlong-utf-8', 'broken-utf-8']],
  [xml('the prefix xml and its namespace belong together'), ['xml-prefix-redeclared']],
  [xml('the prefix xmlns is declared'), ['xmlns-prefix-declared']],
  [
    xml('there is a DOCTYPE, or another declaration that no message has'),
    [
      'doctype',
      'doctype-with-entity',
      'billion-laughs',
      'external-entity',
      'external-document-type',
      'parameter-entity',
      'default-attribute',
      'encrypted-doctype',
    ],
  ],
  [xml('there is a character that XML does not have'), ['nul-character', 'control-character']],
  [
    xml('there is a comment'),
    [
      'comment-in-digest',
      'comment-in-name-id',
      'comment-in-attribute',
      'comment-in-audience',
      'signed-comment-in-name-id',
      'comment-between-elements',
      'double-hyphen-in-comment',
    ],
  ],
  [
    xml('there is a processing instruction'),
    [
      'instruction-in-name-id',
      'signed-instruction-in-name-id',
      'instruction-between-elements',
      'second-xml-declaration',
    ],
  ],
  [
    xml('there is a reference to something unknown'),
    ['bare-ampersand', 'unknown-entity', 'nul-reference', 'surrogate-reference', 'reference-out-of-range'],
  ],
  [xml('there is a second root'), ['two-roots', 'two-roots-forged-first', 'encrypted-two-assertions']],
  [xml('there is no element'), ['empty-message', 'encrypted-nothing']],
  [
    xml('there is text outside of the root'),
    ['text-after-root', 'text-before-root', 'not-xml', 'encrypted-text'],
  ],
]
