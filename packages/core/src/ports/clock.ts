/** The time, in milliseconds since the epoch. Whoever decides by time is given one of these, or a `now`. */
export type Clock = () => number

/** The host's clock. */
export const systemClock: Clock = () => Date.now()
