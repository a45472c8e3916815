import { describe, expect, it } from 'vitest'
import { randomId, randomIv, randomReference } from './random.ts'

const thousand = <T>(make: () => T): T[] => Array.from({ length: 1000 }, make)

describe('randomId', () => {
  it('is 22 characters of base64url for 16 bytes and 43 for 32', () => {
    expect(randomId(16)).toMatch(/^[A-Za-z0-9_-]{22}$/)
    expect(randomId(32)).toMatch(/^[A-Za-z0-9_-]{43}$/)
  })

  it('does not repeat in a thousand', () => {
    expect(new Set(thousand(() => randomId(16))).size).toBe(1000)
  })
})

describe('randomReference', () => {
  it('is three groups of four letters that nobody mistakes for a digit', () => {
    for (const reference of thousand(randomReference)) {
      expect(reference).toMatch(/^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/)
    }
  })

  it('uses all 32 letters of its alphabet', () => {
    const used = new Set(thousand(randomReference).join('').replaceAll('-', ''))
    expect(used.size).toBe(32)
  })

  it('does not repeat in a thousand', () => {
    expect(new Set(thousand(randomReference)).size).toBe(1000)
  })
})

describe('randomIv', () => {
  it('has 96 bits and does not repeat in a thousand', () => {
    const ivs = thousand(randomIv)
    expect(ivs.every((iv) => iv.length === 12)).toBe(true)
    expect(new Set(ivs.map(String)).size).toBe(1000)
  })
})
