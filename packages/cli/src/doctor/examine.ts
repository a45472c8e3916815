import type { Connection } from '@doorward/core/config'
import { explainEncryption } from './encryption.ts'
import type { Examination } from './examination.ts'
import { about, type Finding } from './finding.ts'
import { examineOidc } from './oidc.ts'
import { examineSaml } from './saml.ts'
import { examineSocial } from './social.ts'

/** Everything that can be said of a connection's provider without a login. Never rejects: one must not hide the others. */
export async function examine(connection: Connection, examination: Examination): Promise<readonly Finding[]> {
  try {
    switch (connection.protocol) {
      case 'oidc':
        return await examineOidc(connection, examination)
      case 'saml':
        return [...(await examineSaml(connection, examination)), ...explainEncryption(connection)]
      case 'social':
        return await examineSocial(connection, examination)
    }
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown'
    return [
      about('doctor', 'doctor').error(`this command failed here (${name})`, 'please report it', 'fault'),
    ]
  }
}

/** Does the same for all, several at a time, and keeps their order. */
export async function mapAtMost<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results = new Map<number, R>()
  const waiting = items.entries()
  const worker = async () => {
    // All workers take from the one iterator.
    for (const [position, item] of waiting) results.set(position, await work(item))
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker))
  return items.map((_, position) => results.get(position) as R)
}
