import { readFile } from 'node:fs/promises'
import type { BaseUrl } from '@doorward/core/config'
import { type ReadConfiguration, readConfiguration } from '@doorward/core/config/yaml'

/** What a configuration file holds, and its text for showing problems in it. */
export interface ConfigurationFile extends ReadConfiguration {
  readonly path: string
  readonly text: string
}

/** Reads and checks the file at `path`. A file that can not be read is a problem like any other. */
export async function readConfigurationFile(path: string, baseUrl: BaseUrl): Promise<ConfigurationFile> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    const problem = { severity: 'error', line: 1, column: 1, message: whyUnreadable(error) } as const
    return { path, text: '', configuration: undefined, problems: [problem] }
  }
  return { path, text, ...readConfiguration(text, baseUrl) }
}

/** @returns why a file could not be read: lower case, no final stop, and without its name */
export function whyUnreadable(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such file',
    EISDIR: 'this is a folder, not a file',
    EACCES: 'the file may not be read by this user',
  }
  return reasons[code ?? ''] ?? `the file can not be read (${code})`
}
