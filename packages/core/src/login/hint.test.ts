import { describe, expect, it } from 'vitest'
import { createSealer } from '../encoding/seal.ts'
import { Secret } from '../encoding/secret.ts'
import { openHint, sealHint } from './hint.ts'

const sealer = createSealer([new Secret('a secret for tests, not for anything else')])
const NOW = Date.UTC(2026, 0, 1)
const LIFETIME = 10 * 60 * 1000

describe('a login hint', () => {
  it('comes back to the letter', async () => {
    const hint = await sealHint('Üser@acme.example', NOW, sealer)
    expect(hint).not.toContain('acme')
    expect(await openHint(hint, NOW, sealer)).toBe('Üser@acme.example')
  })

  it('is nothing when there is none, or one that we did not seal', async () => {
    expect(await openHint(undefined, NOW, sealer)).toBeUndefined()
    expect(await openHint('user@acme.example', NOW, sealer)).toBeUndefined()
    const session = await sealer.seal('session-token', '', '9999999999999 user@acme.example')
    expect(await openHint(session, NOW, sealer)).toBeUndefined()
  })

  it('is nothing when it holds something else', async () => {
    for (const text of ['user@acme.example', '', ' ', '9999999999999', '{']) {
      expect(await openHint(await sealer.seal('login-hint', '', text), NOW, sealer)).toBeUndefined()
    }
  })

  it('tells nothing to somebody who finds it later', async () => {
    const hint = await sealHint('user@acme.example', NOW, sealer)
    expect(await openHint(hint, NOW + LIFETIME - 1, sealer)).toBe('user@acme.example')
    expect(await openHint(hint, NOW + LIFETIME, sealer)).toBeUndefined()
  })
})
