/** The connection that these tests log in at. */
export const CONNECTION = 'acme'

/** The site's address, as its configuration has it. Behind it are the isolates, each on sockets of its own. */
export const ORIGIN = 'http://localhost:8787'

/** The Workers that share one set of Durable Objects and one KV namespace. */
export const NAMES = ['a', 'b', 'c'] as const

/** There is a fourth one where a test needs it. */
export type Name = (typeof NAMES)[number] | 'd'
