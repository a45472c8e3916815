/** Ours: from the parameters of the callback to who it is. */
export const DOORWARD = 'Doorward'

/** What is said of those who ask the token endpoint as well. */
export const WITH_REQUEST = 'with the request'

/** What ID Tokens are signed with, which is what the inputs differ by. */
export const ALGORITHMS = ['RS256', 'ES256', 'EdDSA'] as const
export type Algorithm = (typeof ALGORITHMS)[number]
