import type { Contestant } from '../../bench.ts'
import { createFloor } from './floor.ts'
import { createInputs, type Input } from './input/input.ts'
import { createOurs } from './ours.ts'
import { createNodeSaml } from './peers/node-saml.ts'
import { createSamlify } from './peers/samlify.ts'
import { createXmlCrypto } from './peers/xml-crypto.ts'
import { createXmldsigjs } from './peers/xmldsigjs.ts'
import { contestantOf } from './validator.ts'

/** Ours and our peers', with each input. */
export async function createContestants(): Promise<readonly Contestant[]> {
  return contestantsFor(await createInputs())
}

/** Those that run in Node and in workerd. */
export async function contestantsFor(inputs: readonly Input[]): Promise<readonly Contestant[]> {
  const all = inputs.map(async (input) => {
    const validators = [
      await createFloor(input),
      createOurs(input),
      createNodeSaml(input),
      createSamlify(input),
      createXmlCrypto(input),
      createXmldsigjs(input),
    ]
    return validators.map((validator) => contestantOf(validator, input))
  })
  return (await Promise.all(all)).flat()
}
