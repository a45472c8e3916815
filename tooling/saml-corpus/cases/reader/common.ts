import { appended } from '../../edits.ts'
import { type PlannedCase, refused } from '../../planned-case.ts'
import { xml } from '../refusals.ts'

/** Where it is written what XML is. */
export const wellFormed = 'Extensible Markup Language (XML) 1.0 section'

/** Markup behind all else in the Response, where no signature covers it. */
export function markup(name: string, change: string, content: string, reason: string): PlannedCase {
  return refused(name, change, {
    specification: `${wellFormed} 3.1`,
    hooks: appended(content),
    refusal: xml(reason),
  })
}
