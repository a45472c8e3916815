/** Ours: from bytes to a selector that answers. */
export const LOADED = 'Doorward: parse, load, and one look-up'
