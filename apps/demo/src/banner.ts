import { styleText } from 'node:util'
import { shortPath } from 'doorward'
import { demoUsers } from './idp/users.ts'
import type { DevOptions } from './options.ts'

/** What a person needs to know once everything runs. */
export function banner({ baseUrl, configPath }: DevOptions, usedConfigPath: string, seconds: string): string {
  const lines = ['', `  ${styleText('bold', 'Doorward')} is running (${seconds} s)`, '']
  lines.push(`  Open           ${styleText(['cyan', 'underline'], `${baseUrl}/`)}`)
  if (configPath === undefined) {
    const width = Math.max(...demoUsers.map(({ email }) => email.length))
    demoUsers.forEach(({ email, purpose }, index) => {
      lines.push(
        `  ${index === 0 ? 'Try' : '   '}            ${email.padEnd(width)}   ${styleText('dim', purpose)}`,
      )
    })
  }
  lines.push(
    `  Configuration  ${shortPath(usedConfigPath)}   ${styleText('dim', 'a saved change is live within a second')}`,
  )
  lines.push(`  Stop           Ctrl-C`, '')
  return lines.join('\n')
}
