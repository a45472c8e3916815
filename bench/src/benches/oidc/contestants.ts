import type { Contestant } from '../../bench.ts'
import { createFloor } from '../signature-floor.ts'
import { contestantOf } from './checker.ts'
import { createInputs, type Input, keyAlgorithms } from './input.ts'
import { createOurs, createOursWithRequest } from './ours.ts'
import { createJose } from './peers/jose.ts'
import { createOauth4webapi, createOauth4webapiWithRequest } from './peers/oauth4webapi.ts'
import { createOpenidClient } from './peers/openid-client.ts'

/** Ours and our peers', with each algorithm. */
export async function createContestants(): Promise<readonly Contestant[]> {
  return (await createInputs()).flatMap((input) => [
    floorOf(input),
    contestantOf(createOurs(input), input),
    contestantOf(createOauth4webapi(input), input),
    contestantOf(createJose(input), input),
    contestantOf(createOursWithRequest(input), input),
    contestantOf(createOauth4webapiWithRequest(input), input),
    contestantOf(createOpenidClient(input), input),
  ])
}

function floorOf({ algorithm, key, callback }: Input): Contestant {
  return createFloor({
    name: 'floor',
    input: algorithm,
    algorithm: keyAlgorithms[algorithm],
    key,
    token: callback.idToken,
  })
}
