/** Into how many objects each kind of state is spread. Changing it forgets what is stored: claims and sessions. */
const SHARDS = 16

/** The names of the Durable Objects of one kind, in the order in which lists go through them. */
export const shards: readonly string[] = Array.from({ length: SHARDS }, (_, index) => `shard-${index}`)

/** @returns the name of the Durable Object that keeps everything of `scope` */
export async function shardOf(scope: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(scope)))
  return `shard-${(digest[0] ?? 0) % SHARDS}`
}
