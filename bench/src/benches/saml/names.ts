/** Ours: from the base64 text of the form to the claims. */
export const DOORWARD = 'Doorward'

/** What the goals compare ours with. */
export const NODE_SAML = '@node-saml/node-saml'
export const LIBXMLSEC1 = 'libxmlsec1, verify only'

/** The inputs, by what the tables call them. */
export const SIZES = ['6 KB', '10 KB', '53 KB', '480 KB'] as const
export type Size = (typeof SIZES)[number]
