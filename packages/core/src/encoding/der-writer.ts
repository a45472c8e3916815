import type { Bytes } from './bytes.ts'
import { derTag } from './der.ts'

/*
 * Writes DER, the counterpart of `der.ts`: as much of it as a certificate of ours and the envelope of its private key
 * have. What is written here is read there.
 */

/**
 * One value: the identifier octet, the length in the one form that DER has, and the contents one after another
 * ([X.690, section 10.1](https://www.itu.int/rec/T-REC-X.690)).
 *
 * @param tag see `derTag`
 */
export function encodeDer(tag: number, ...contents: readonly Uint8Array[]): Bytes {
  const size = contents.reduce((sum, { length }) => sum + length, 0)
  const head = [tag, ...lengthOctets(size)]
  const encoded = new Uint8Array(head.length + size)
  encoded.set(head)
  let offset = head.length
  for (const content of contents) {
    encoded.set(content, offset)
    offset += content.length
  }
  return encoded
}

function lengthOctets(size: number): readonly number[] {
  if (size < 0x80) return [size]
  const octets: number[] = []
  for (let rest = size; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256)
  return [0x80 | octets.length, ...octets]
}

/** A SEQUENCE of values that are encoded already. */
export function encodeSequence(...elements: readonly Uint8Array[]): Bytes {
  return encodeDer(derTag.sequence, ...elements)
}

/** A number that is not negative, from its bytes, the most significant first; zeros in front do not count. */
export function encodeUnsignedInteger(bytes: Uint8Array): Bytes {
  const first = bytes.findIndex((byte) => byte !== 0)
  const shortest = first < 0 ? Uint8Array.of(0) : bytes.subarray(first)
  // A first bit that is set would say that it is negative.
  return encodeDer(derTag.integer, (shortest[0] ?? 0) < 0x80 ? new Uint8Array() : Uint8Array.of(0), shortest)
}

/** An OBJECT IDENTIFIER ([X.690, section 8.19](https://www.itu.int/rec/T-REC-X.690)). @param text numbers with dots */
export function encodeObjectIdentifier(text: string): Bytes {
  const [root = 0, second = 0, ...others] = text.split('.').map(Number)
  return encodeDer(
    derTag.objectIdentifier,
    Uint8Array.from([root * 40 + second, ...others].flatMap(base128Octets)),
  )
}

/** Seven bits in each, the most significant first; all but the last say that another follows. */
function base128Octets(number: number): readonly number[] {
  const octets = [number % 128]
  for (let rest = Math.floor(number / 128); rest > 0; rest = Math.floor(rest / 128)) {
    octets.unshift(0x80 | (rest % 128))
  }
  return octets
}

/** A BIT STRING of whole bytes. */
export function encodeBitString(bytes: Uint8Array): Bytes {
  return encodeDer(derTag.bitString, Uint8Array.of(0), bytes)
}

const text = new TextEncoder()

/** A UTF8String. */
export function encodeUtf8String(value: string): Bytes {
  return encodeDer(derTag.utf8String, text.encode(value))
}

/**
 * A time as certificates have it: UTCTime up to 2049, then GeneralizedTime, in whole seconds
 * ([RFC 5280, section 4.1.2.5](https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5)).
 *
 * @param time milliseconds since the epoch, in the years from 1950 to 9999
 */
export function encodeTime(time: number): Bytes {
  const written = `${new Date(time).toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`
  return written < '2050'
    ? encodeDer(derTag.utcTime, text.encode(written.slice(2)))
    : encodeDer(derTag.generalizedTime, text.encode(written))
}
