/** Into how many objects each kind of state is spread. Changing it forgets what is stored: claims and sessions. */
const SHARDS = 16

/** @returns the name of the Durable Object that keeps `key` */
export async function shardOf(key: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key)))
  return `shard-${(digest[0] ?? 0) % SHARDS}`
}
