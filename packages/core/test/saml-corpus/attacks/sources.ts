/** A vulnerability, by its number. */
export const cve = (number: string): string =>
  `[CVE-${number}](https://nvd.nist.gov/vuln/detail/CVE-${number})`
/** An issue or a pull request, as `owner/name/issues/1`. */
export const github = (path: string): string =>
  `[${path.replace('/pull/', ' ').replace('/issues/', ' ')}](https://github.com/${path})`

/** The paper that named signature wrapping. */
export const onBreaking =
  '[Somorovsky et al., "On Breaking SAML" (2012)](https://www.usenix.org/conference/usenixsecurity12/technical-sessions/presentation/somorovsky)'
/** Canonical forms that fail, and attributes that pollute. */
export const fragileLock =
  '[Fedotkin, "The Fragile Lock" (2025)](https://portswigger.net/research/the-fragile-lock)'
/** What the profile asks of a service provider. */
export const profiles =
  '[SAML Profiles, section 4.1.4](https://docs.oasis-open.org/security/saml/v2.0/saml-profiles-2.0-os.pdf)'
/** What those who made XML Signature warn of. */
export const bestPractices = '[XML Signature Best Practices](https://www.w3.org/TR/xmldsig-bestpractices/)'
/** Comments in names, in seven products at once. */
export const duo = '[CERT VU#475445](https://www.kb.cert.org/vuls/id/475445)'
