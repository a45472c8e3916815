import { sha256 } from '../encoding/digest.ts'
import type { Connection } from './connection.ts'

const fingerprints = new WeakMap<Connection, string>()

/**
 * Stands for all that a connection's configuration says, its secrets apart: those may be replaced while somebody is
 * logging in. A login that was begun under one configuration is not completed under another.
 */
export async function fingerprintOf(connection: Connection): Promise<string> {
  const known = fingerprints.get(connection)
  if (known !== undefined) return known
  const fingerprint = (await sha256(JSON.stringify(connection))).slice(0, 22)
  fingerprints.set(connection, fingerprint)
  return fingerprint
}
