import { expect, it } from 'vitest'
import { randomId } from '../encoding/random.ts'
import { createSealer } from '../encoding/seal.ts'
import { Secret } from '../encoding/secret.ts'
import { openHint, sealHint } from './hint.ts'

const sealer = createSealer([new Secret(randomId(32))])

it('brings the address through a URL without showing it', async () => {
  const hint = await sealHint('user@acme.example', sealer)
  expect(hint).toMatch(/^[A-Za-z0-9_-]+$/)
  expect(await openHint(hint, sealer)).toBe('user@acme.example')
})

it.each([undefined, '', 'user@acme.example', 'AAAA'])('fills nothing in for %j', async (hint) => {
  expect(await openHint(hint, sealer)).toBeUndefined()
})

it('fills nothing in for what was sealed for something else', async () => {
  expect(await openHint(await sealer.seal('session', '', 'user@acme.example'), sealer)).toBeUndefined()
})
