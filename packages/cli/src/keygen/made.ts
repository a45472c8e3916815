import { type Secret, SsoError } from '@doorward/core'

/** What was made, or why nothing was. */
export type Made = { readonly secret: Secret } | { readonly problem: string }

/** Turns what a person did wrong into words; what we did wrong stays an exception. */
export async function madeBy(make: () => Promise<Secret>): Promise<Made> {
  try {
    return { secret: await make() }
  } catch (error) {
    if (error instanceof SsoError) return { problem: error.message }
    throw error
  }
}

/** The file with what is rotated is empty. */
export const EMPTIED =
  'the file to --rotate is empty: if the new set was to be written to the same file, the shell emptied it first; take the copy that you kept'
