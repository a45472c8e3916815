import { type ErrorCode, SsoError } from '../errors/index.ts'

/** Longer than any name or address, in characters. */
const MAX_TEXT_LENGTH = 2048

/** @returns a non-empty text of reasonable length without control characters; undefined for anything else */
export function readText(value: unknown): string | undefined {
  const isText = typeof value === 'string' && value !== '' && value.length <= MAX_TEXT_LENGTH
  return isText && value.isWellFormed() && !/\p{Cc}/u.test(value) ? value : undefined
}

/** More than any directory sends, and few enough for a session record. */
const MAX_GROUPS = 1000
const MAX_GROUP_LENGTH = 256
const MAX_GROUPS_LENGTH = 64 * 1024

/**
 * Holds groups to what a session can hold.
 *
 * @param code of the refusal
 * @throws SsoError when there are too many, or too long ones: to leave some out could let somebody in
 */
export function boundGroups(groups: readonly string[], code: ErrorCode): readonly string[] {
  const length = groups.reduce((sum, group) => sum + group.length, 0)
  const isTooMuch = groups.length > MAX_GROUPS || length > MAX_GROUPS_LENGTH
  if (isTooMuch || groups.some((group) => group.length > MAX_GROUP_LENGTH)) {
    const details = { claim: 'groups', count: groups.length }
    throw new SsoError(code, 'more or longer groups than a session can hold', { details })
  }
  return groups
}
