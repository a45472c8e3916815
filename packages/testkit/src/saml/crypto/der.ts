import { type Bytes, concat, utf8 } from '../encoding.ts'

/** One value of ASN.1 in DER. ITU-T X.690 sections 8 and 10. */
export function der(tag: number, ...contents: readonly Uint8Array[]): Bytes {
  const content = concat(...contents)
  return concat(Uint8Array.of(tag), lengthOf(content.length), content)
}

function lengthOf(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length)
  const bytes: number[] = []
  for (let rest = length; rest > 0; rest >>= 8) bytes.unshift(rest & 0xff)
  return Uint8Array.of(0x80 | bytes.length, ...bytes)
}

export function sequence(...contents: readonly Uint8Array[]): Bytes {
  return der(0x30, ...contents)
}

/** A non-negative integer from its big-endian bytes. */
export function integer(bytes: Uint8Array): Bytes {
  const start = bytes.findIndex((byte) => byte !== 0)
  const shortest = start === -1 ? Uint8Array.of(0) : bytes.subarray(start)
  return der(0x02, (shortest[0] ?? 0) >= 0x80 ? concat(Uint8Array.of(0), shortest) : shortest)
}

export function bitString(bytes: Uint8Array): Bytes {
  return der(0x03, Uint8Array.of(0), bytes)
}

export function utf8String(text: string): Bytes {
  return der(0x0c, utf8(text))
}

/** UTCTime up to 2049, GeneralizedTime after. RFC 5280 section 4.1.2.5. */
export function time(milliseconds: number): Bytes {
  const digits = new Date(milliseconds).toISOString().replace(/\.\d+|\D/g, '')
  return digits < '2050' ? der(0x17, utf8(`${digits.slice(2)}Z`)) : der(0x18, utf8(`${digits}Z`))
}

export function objectIdentifier(dotted: string): Bytes {
  const [top = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return der(0x06, Uint8Array.from([top * 40 + second, ...rest.flatMap(base128)]))
}

function base128(value: number): number[] {
  const bytes = [value & 0x7f]
  for (let rest = value >> 7; rest > 0; rest >>= 7) bytes.unshift((rest & 0x7f) | 0x80)
  return bytes
}

/** A value that was read: its tag, the whole of it, and what is in it. */
export interface DerValue {
  readonly tag: number
  readonly whole: Uint8Array
  readonly content: Uint8Array
}

/** The values that stand one after another in some bytes. */
export function readDer(bytes: Uint8Array): DerValue[] {
  const values: DerValue[] = []
  for (let at = 0; at < bytes.length; ) {
    const short = bytes[at + 1] ?? 0
    const lengthBytes = short < 0x80 ? [] : [...bytes.subarray(at + 2, at + 2 + (short & 0x7f))]
    const length = short < 0x80 ? short : lengthBytes.reduce((sum, byte) => sum * 256 + byte, 0)
    const start = at + 2 + lengthBytes.length
    values.push({
      tag: bytes[at] ?? 0,
      whole: bytes.subarray(at, start + length),
      content: bytes.subarray(start, start + length),
    })
    at = start + length
  }
  return values
}
