/** Ours, with a token that this isolate has not verified lately. */
export const FIRST_SIGHT = 'Doorward, first sight'

/** Ours, with a token that it has. */
export const SEEN_BEFORE = 'Doorward, seen before'
