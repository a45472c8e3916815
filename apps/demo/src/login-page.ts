import { spawn } from 'node:child_process'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '../../login')

/**
 * Builds the login page.
 *
 * @throws Error with what the build printed
 */
export function buildLoginPage(env: NodeJS.ProcessEnv): Promise<void> {
  return new Promise((resolve, reject) => {
    const vite = join(folder, 'node_modules/vite/bin/vite.js')
    const build = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [build.stdout, build.stderr]) {
      stream.on('data', (chunk) => {
        output += String(chunk)
      })
    }
    build.once('error', reject)
    build.once('exit', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`the login page could not be built\n${output}`))
    })
  })
}
