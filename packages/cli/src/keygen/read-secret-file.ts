import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { Secret } from '@doorward/core'
import { whyUnreadable } from '../read-configuration.ts'
import { resolveFromCaller } from '../settings.ts'

/**
 * Reads a file that holds a secret; `-` is standard input.
 *
 * @param what the file, in words. Its path is never repeated: somebody may have put the secret itself there.
 */
export async function readSecretFile(
  path: string,
  what: string,
): Promise<{ readonly secret: Secret } | { readonly problem: string }> {
  try {
    const content =
      path === '-' ? await text(process.stdin) : await readFile(resolveFromCaller(path, process.env), 'utf8')
    return content.trim() === '' ? { problem: `${what} is empty` } : { secret: new Secret(content) }
  } catch (error) {
    return { problem: `${what}: ${whyUnreadable(error)}` }
  }
}
