import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * Makes an RSA key and a certificate for it, good for two days.
 *
 * @throws Error when there is no openssl
 */
export async function makeCertificate(keyPath: string, certificatePath: string, name: string): Promise<void> {
  const files = ['-keyout', keyPath, '-out', certificatePath]
  await run('openssl', [
    'req',
    '-x509',
    '-newkey',
    'rsa:3072',
    '-nodes',
    ...files,
    '-days',
    '2',
    '-subj',
    `/CN=${name}`,
  ])
}
