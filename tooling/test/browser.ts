import { accessSync, constants } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { chromium } from 'playwright-core'
import { installDebianPackages } from './debian.ts'
import { run } from './process.ts'

const ON_PATH = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'chrome']

const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
]

/** How long a download may take, in milliseconds. */
const DOWNLOAD_LIMIT = 5 * 60_000

/** @returns the path of an installed Chrome or Chromium: what CHROME_PATH names, an installed one, or Playwright's */
export function findBrowser(): string | undefined {
  const named = process.env['CHROME_PATH']
  if (named) return isExecutable(named) ? named : undefined
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const candidates = [...folders.flatMap((folder) => ON_PATH.map((name) => join(folder, name))), ...ELSEWHERE]
  return [...candidates, chromium.executablePath()].find(isExecutable)
}

/**
 * Sees to it that there is a browser: takes an installed one, else Playwright's download, else Debian's package.
 *
 * @returns what to do by hand where none of that works, or undefined
 */
export async function ensureBrowser(say: (text: string) => void): Promise<string | undefined> {
  const found = findBrowser()
  if (found) {
    say(found)
    return undefined
  }
  if (process.env['CHROME_PATH']) return `CHROME_PATH=${process.env['CHROME_PATH']} is not a program`
  const attempts: readonly (() => Promise<void>)[] = [download, installDebianPackage]
  for (const attempt of attempts) {
    say(
      attempt === download
        ? 'No Chrome or Chromium here: downloading one …'
        : 'Installing the chromium package …',
    )
    await attempt()
    const installed = findBrowser()
    if (installed) {
      say(installed)
      return undefined
    }
  }
  return 'There is no Chrome or Chromium, and none could be had. Run: sudo apt-get install chromium (or install Chrome, or set CHROME_PATH)'
}

async function download(): Promise<void> {
  const require = createRequire(import.meta.url)
  const cli = join(dirname(require.resolve('playwright-core/package.json')), 'cli.js')
  await run(process.execPath, [cli, 'install', 'chromium'], { limit: DOWNLOAD_LIMIT })
}

function installDebianPackage(): Promise<void> {
  return installDebianPackages(['chromium', 'fonts-liberation'])
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
