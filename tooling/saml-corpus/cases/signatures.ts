import type { PlannedCase } from '../planned-case.ts'
import { methods } from './signatures/methods.ts'
import { places } from './signatures/places.ts'
import { shapes } from './signatures/shapes.ts'
import { transforms } from './signatures/transforms.ts'

/** Signatures: their algorithms, their shape, what they sign and where they stand. */
export const signatureCases: readonly PlannedCase[] = [...methods, ...shapes, ...transforms, ...places]
