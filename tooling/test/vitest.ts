import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { bin, root, run } from './process.ts'

/** The part of Vitest's JSON report that is read here. */
interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
  readonly success: boolean
}

/**
 * Runs the tests of a folder's Vitest configuration.
 *
 * @param config the name of the configuration, where a folder has several
 * @returns how many passed and failed; a skipped test counts as failed, and so does a run that breaks
 */
export async function runVitest(
  folder: string,
  config = 'vitest.config.ts',
): Promise<{ passed: number; failed: number }> {
  const name = `${folder}/${config}`.replace('/vitest.config.ts', '').replaceAll('/', '-')
  const reportPath = join(root, 'test-results', `tests-${name}.json`)
  const args = [
    '--config',
    config,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reportPath}`,
  ]
  const { code } = await run(bin('vitest'), ['run', ...args], { cwd: join(root, folder), show: true })
  const report = await readReport(reportPath)
  if (!report) return { passed: 0, failed: 1 }
  const skipped = report.numPendingTests + report.numTodoTests
  const failed = report.numFailedTests + skipped
  // Something failed outside any test: an unhandled error, a file that does not load.
  const brokeOutside = failed === 0 && (code !== 0 || !report.success || report.numPassedTests === 0)
  return { passed: report.numPassedTests, failed: brokeOutside ? 1 : failed }
}

async function readReport(path: string): Promise<Report | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Report
  } catch {
    return undefined
  }
}
