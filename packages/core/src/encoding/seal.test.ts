import { describe, expect, it } from 'vitest'
import { encodeBase64Url } from './base64url.ts'
import { randomId } from './random.ts'
import { createSealer, MAX_SEALED_CONFIGURATION_LENGTH, SECRET_MIN_LENGTH } from './seal.ts'
import { Secret } from './secret.ts'

const newSecret = () => new Secret(randomId(32))
const older = newSecret()
const newer = newSecret()
const sealer = createSealer([newer])

describe('createSealer', () => {
  it('refuses to work without a secret', () => {
    expect(() => createSealer([])).toThrow(TypeError)
  })

  it('refuses a secret that is too short, wherever it stands', () => {
    const short = new Secret('x'.repeat(SECRET_MIN_LENGTH - 1))
    expect(() => createSealer([short])).toThrow(TypeError)
    expect(() => createSealer([newer, short])).toThrow(TypeError)
    expect(() => createSealer([new Secret('x'.repeat(SECRET_MIN_LENGTH))])).not.toThrow()
  })

  it('does not tell the secret that it refuses', () => {
    expect(() => createSealer([new Secret('hunter2')])).not.toThrow(/hunter2/)
  })
})

describe('a sealed text', () => {
  it.each([[''], ['text'], ['Ünïcode \u{1f512}'], ['{"long":true}'.repeat(500)]])(
    'opens again (%#)',
    async (text) => {
      expect(await sealer.open('session-token', '', await sealer.seal('session-token', '', text))).toBe(text)
    },
  )

  it('is safe in a cookie and a URL', async () => {
    expect(await sealer.seal('session-token', '', 'any text')).toMatch(/^[A-Za-z0-9_-]+$/)
  })

  it('is another one each time, and never shows the text', async () => {
    const text = 'user@acme.example'
    const seals = await Promise.all(Array.from({ length: 10 }, () => sealer.seal('session-token', '', text)))
    expect(new Set(seals).size).toBe(10)
    expect(seals.some((sealed) => sealed.includes(encodeBase64Url(new TextEncoder().encode(text))))).toBe(
      false,
    )
  })

  it('does not open when any one of its characters is altered', async () => {
    const sealed = await sealer.seal('session-token', '', 'abc')
    for (let position = 0; position < sealed.length; position++) {
      const other = sealed[position] === 'A' ? 'B' : 'A'
      const altered = sealed.slice(0, position) + other + sealed.slice(position + 1)
      expect(await sealer.open('session-token', '', altered)).toBeUndefined()
    }
  })

  it('does not open when it is cut, lengthened, padded or replaced', async () => {
    const sealed = await sealer.seal('session-token', '', 'abc')
    const wrong = [
      sealed.slice(0, -4),
      `${sealed}AAAA`,
      `${sealed}=`,
      ` ${sealed}`,
      '',
      'A',
      'A'.repeat(16),
      '%',
    ]
    for (const text of wrong) expect(await sealer.open('session-token', '', text)).toBeUndefined()
  })

  it('opens for its own purpose and context only', async () => {
    const sealed = await sealer.seal('login-transaction', 'one', 'abc')
    expect(await sealer.open('login-transaction', 'one', sealed)).toBe('abc')
    expect(await sealer.open('login-transaction', 'two', sealed)).toBeUndefined()
    expect(await sealer.open('login-transaction', '', sealed)).toBeUndefined()
    expect(await sealer.open('document', 'one', sealed)).toBeUndefined()
  })

  it('keeps the purposes apart that have the same context', async () => {
    const purposes = [
      'login-transaction',
      'login-hint',
      'session-token',
      'document',
      'configuration',
      'configuration-header',
    ] as const
    for (const purpose of purposes) {
      const sealed = await sealer.seal(purpose, '', 'abc')
      const opened = await Promise.all(purposes.map((other) => sealer.open(other, '', sealed)))
      expect(opened.map((text) => text === 'abc')).toEqual(purposes.map((other) => other === purpose))
    }
  })
})

describe('a text that is too long', () => {
  const long = 'x'.repeat(2 * 1024 * 1024)

  it('does not open, unless it is a configuration', async () => {
    const sealed = await sealer.seal('document', '', long)
    expect(await sealer.open('document', '', sealed)).toBeUndefined()
    expect(await sealer.open('configuration', '', await sealer.seal('configuration', '', long))).toBe(long)
  })

  it('does not open as a configuration either beyond what a cache takes', async () => {
    const sealed = await sealer.seal('configuration', '', 'x'.repeat(MAX_SEALED_CONFIGURATION_LENGTH))
    expect(await sealer.open('configuration', '', sealed)).toBeUndefined()
  })
})

describe('a replaced secret', () => {
  it('still opens what it sealed, and seals nothing any more', async () => {
    const both = createSealer([newer, older])
    const old = await createSealer([older]).seal('session-token', '', 'old')
    expect(await both.open('session-token', '', old)).toBe('old')
    const fresh = await both.seal('session-token', '', 'fresh')
    expect(await createSealer([newer]).open('session-token', '', fresh)).toBe('fresh')
    expect(await createSealer([older]).open('session-token', '', fresh)).toBeUndefined()
  })

  it('opens nothing once it is removed', async () => {
    const old = await createSealer([older]).seal('session-token', '', 'old')
    expect(await sealer.open('session-token', '', old)).toBeUndefined()
  })
})
