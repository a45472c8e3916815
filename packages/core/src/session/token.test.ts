import { describe, expect, it } from 'vitest'
import { randomId } from '../encoding/random.ts'
import { createSealer } from '../encoding/seal.ts'
import { Secret } from '../encoding/secret.ts'
import type { Identity } from '../ports/session-store.ts'
import { admittedWith, recordWith } from '../testing/people.ts'
import { openToken, sealToken } from './token.ts'

const NOW = Date.UTC(2026, 0, 1)
const newSecret = () => new Secret(randomId(32))
const [newer, older] = [newSecret(), newSecret()]
const sealer = createSealer([newer])
const CONNECTION = 'connection-of-acme'
const identity = admittedWith({ connection: CONNECTION })
const record = recordWith(NOW, { id: randomId(32), userId: randomId(32), identity })
const { id, userId, expiresAt } = record

describe('a token', () => {
  it('opens to the name of its session, its connection and its times', async () => {
    const token = await sealToken(record, NOW + 1, sealer)
    expect(await openToken(token, sealer)).toEqual({
      id,
      userId,
      connection: CONNECTION,
      issuedAt: NOW + 1,
      expiresAt,
    })
  })

  it('is safe in a cookie, and another one each time', async () => {
    const tokens = await Promise.all(Array.from({ length: 20 }, () => sealToken(record, NOW, sealer)))
    expect(new Set(tokens).size).toBe(20)
    for (const token of tokens) expect(token).toMatch(/^[A-Za-z0-9_-]+$/)
  })

  it('shows neither the session nor the person nor the connection', async () => {
    const token = await sealToken(record, NOW, sealer)
    const shown = atob(token.replaceAll('-', '+').replaceAll('_', '/'))
    for (const text of [id, userId, CONNECTION, 'user-1', 'idp.example', String(expiresAt)]) {
      expect(token).not.toContain(text)
      expect(token).not.toContain(btoa(text).replace(/.?=*$/, ''))
      expect(shown).not.toContain(text)
    }
  })

  it('is as long for one person as for any other', async () => {
    const lengthFor = async (changes: Partial<Identity>) =>
      (await sealToken({ ...record, identity: { ...identity, ...changes } }, NOW, sealer)).length
    const long = 'x'.repeat(2048)
    const length = await lengthFor({})
    expect(length).toBeLessThan(400)
    expect(
      await lengthFor({
        issuer: `https://${long}.example`,
        subject: long,
        email: `${long}@acme.example`,
        emailVerified: false,
        username: long,
        name: long,
        givenName: long,
        familyName: long,
        picture: long,
        groups: Array.from({ length: 1000 }, () => long),
      }),
    ).toBe(length)
    expect(await lengthFor({ subject: '', email: undefined })).toBe(length)
  })

  it('does not open when any one of its characters is altered', async () => {
    const token = await sealToken(record, NOW, sealer)
    for (let position = 0; position < token.length; position++) {
      const other = token[position] === 'A' ? 'B' : 'A'
      const altered = token.slice(0, position) + other + token.slice(position + 1)
      expect(await openToken(altered, sealer), `position ${position}`).toBeUndefined()
    }
  })

  it('does not open when it is cut or lengthened, wherever that is done', async () => {
    const token = await sealToken(record, NOW, sealer)
    for (let length = 0; length < token.length; length++) {
      expect(await openToken(token.slice(0, length), sealer), `first ${length}`).toBeUndefined()
      expect(await openToken(token.slice(length + 1), sealer), `all but ${length + 1}`).toBeUndefined()
    }
    for (const text of [`${token}A`, `${token}AAAA`, `A${token}`, `${token}=`, ` ${token}`, token + token]) {
      expect(await openToken(text, sealer)).toBeUndefined()
    }
  })

  it('does not open when it is made of two', async () => {
    const [one, two] = [await sealToken(record, NOW, sealer), await sealToken(record, NOW, sealer)]
    for (const position of [16, 17, 100, one.length - 22]) {
      expect(await openToken(one.slice(0, position) + two.slice(position), sealer)).toBeUndefined()
    }
  })

  it('does not open when it is missing, made up, or says in the clear what a token says', async () => {
    const content = JSON.stringify([id, userId, CONNECTION, NOW, expiresAt])
    for (const text of ['', 'token', id, userId, content, btoa(content), 'A'.repeat(300), '%', '\0']) {
      expect(await openToken(text, sealer)).toBeUndefined()
    }
  })

  it('does not open when its content was sealed for something else', async () => {
    const content = JSON.stringify([id, userId, CONNECTION, NOW, expiresAt])
    for (const purpose of ['login-hint', 'document', 'login-transaction', 'id-token'] as const) {
      for (const context of ['', id]) {
        expect(await openToken(await sealer.seal(purpose, context, content), sealer)).toBeUndefined()
      }
    }
    expect(await openToken(await sealer.seal('session-token', id, content), sealer)).toBeUndefined()
    expect(await openToken(await sealer.seal('session-token', '', content), sealer)).toBeDefined()
  })
})

describe('a replaced secret', () => {
  it('opens a token while it is in the list, and seals none', async () => {
    const token = await sealToken(record, NOW, createSealer([older]))
    const both = createSealer([newer, older])
    expect(await openToken(token, both)).toMatchObject({ id })
    expect(await openToken(await sealToken(record, NOW, both), createSealer([older]))).toBeUndefined()
    expect(await openToken(await sealToken(record, NOW, both), sealer)).toMatchObject({ id })
  })

  it('opens no token once it is removed', async () => {
    const token = await sealToken(record, NOW, createSealer([older]))
    expect(await openToken(token, sealer)).toBeUndefined()
    expect(await openToken(token, createSealer([newer, newSecret()]))).toBeUndefined()
  })
})
