import { plain } from '../plain.ts'

/** What one check found out. */
export interface Finding {
  /** Which check it was; stable, for programs. */
  readonly check: string
  readonly status: 'ok' | 'warning' | 'error'
  /** What was looked at; for people. */
  readonly what: string
  readonly found: string
  /** What to do; every warning and every error says it. */
  readonly fix?: string
  /** Such as `ENOTFOUND`, or a code that the login would log. */
  readonly code?: string
}

/** Makes the findings of one check. */
export interface About {
  ok(found: string): Finding
  warning(found: string, fix: string, code?: string): Finding
  error(found: string, fix: string, code?: string): Finding
}

/**
 * @param check for programs
 * @param what for people; short, since it is a column
 */
export function about(check: string, what: string): About {
  const finding = (status: Finding['status'], found: string, fix?: string, code?: string): Finding => ({
    check,
    status,
    what: plain(what),
    found: plain(found),
    ...(fix === undefined ? {} : { fix: plain(fix) }),
    ...(code === undefined ? {} : { code: plain(code) }),
  })
  return {
    ok: (found) => finding('ok', found),
    warning: (found, fix, code) => finding('warning', found, fix, code),
    error: (found, fix, code) => finding('error', found, fix, code),
  }
}

/** Such as `2 keys`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

/** Such as `2026-03-01`, in UTC. */
export function day(time: number): string {
  return Number.isFinite(time) && Math.abs(time) < 8.64e15
    ? new Date(time).toISOString().slice(0, 10)
    : 'an unknown day'
}
