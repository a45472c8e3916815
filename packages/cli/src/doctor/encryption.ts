import { encryptionHabitOf, type SamlConnection } from '@doorward/core/config'
import { about, type Finding } from './finding.ts'

/** What to know before a provider encrypts. Whether it does shows in a login alone, so nothing is wrong yet. */
export function explainEncryption(connection: SamlConnection): readonly Finding[] {
  const habit = encryptionHabitOf(connection)
  return habit ? [about('encryption', 'encryption').ok(`${habit.what}: ${habit.fix}`)] : []
}
