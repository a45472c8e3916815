import { describe, expect, it } from 'vitest'
import { encodeUtf8 } from '../../encoding/bytes.ts'
import { SsoError } from '../../errors/index.ts'
import { type Canonicalization, canonicalize } from './canonical.ts'
import { MESSAGE_LIMITS } from './limits.ts'
import { parseXml } from './reader.ts'

const exclusive: Canonicalization = { kind: 'exclusive', inclusivePrefixes: [] }

/** The canonical form of a document, or why there is none. */
function outcomeOf(xml: string, method = exclusive): string {
  try {
    const document = parseXml(encodeUtf8(xml), MESSAGE_LIMITS)
    return canonicalize({ document, element: document.root }, method)
  } catch (error) {
    if (error instanceof SsoError) return String(error.details['reason'])
    throw error
  }
}

describe('a message that costs more than it weighs', () => {
  const longName = 'a namespace has a name that is no absolute URI, or longer than any'

  it('gives no namespace a long name', () => {
    const name = (length: number) => `<q:r xmlns:q="urn:${'n'.repeat(length - 4)}"/>`
    expect(outcomeOf(name(256))).toContain('urn:nnn')
    expect(outcomeOf(name(257))).toBe(longName)
  })

  it('has no canonical form that is many times as long as itself', () => {
    const names = Array.from({ length: 30 }, (_, i) => `xmlns:p${i}="urn:${'n'.repeat(240)}${i}"`).join(' ')
    const used = Array.from({ length: 30 }, (_, i) => `p${i}:a=""`).join(' ')
    const xml = `<r ${names}>${`<e ${used}/>`.repeat(2000)}</r>`
    expect(xml.length).toBeLessThan(MESSAGE_LIMITS.bytes)
    expect(outcomeOf(xml)).toBe('the canonical form is longer than any')
  })

  it('may repeat what an honest one repeats, two thousand times', () => {
    const value = '<v xsi:type="xs:string">group</v>'
    const xml = `<r xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">${value.repeat(2000)}</r>`
    expect(outcomeOf(xml)).toContain('xmlns:xsi=')
  })
})
