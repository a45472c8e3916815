import type { Bytes } from './bytes.ts'

const INTEGER = 0x02
const BIT_STRING = 0x03
const SEQUENCE = 0x30

/**
 * The identifier octets that certificates use, each with its class and whether it is constructed
 * ([X.690, section 8.1.2](https://www.itu.int/rec/T-REC-X.690)).
 */
export const derTag = {
  integer: INTEGER,
  bitString: BIT_STRING,
  octetString: 0x04,
  null: 0x05,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: SEQUENCE,
  set: 0x31,
} as const

/** One value: what it is, and what it holds. Both are views of the bytes it was parsed from. */
export interface DerElement {
  /** The identifier octet, see `derTag`. */
  readonly tag: number
  readonly content: Bytes
  /** Identifier, length and content. */
  readonly encoding: Bytes
}

/**
 * Parses one DER value that takes up all of `bytes`. What it contains is not looked at: for that, give the content of
 * a constructed value to `parseDerElements`. So nothing recurses, however deep a value is nested.
 *
 * @returns undefined when the bytes are not exactly one value with its length in the one form that DER has
 *   ([X.690, section 10.1](https://www.itu.int/rec/T-REC-X.690))
 */
export function parseDer(bytes: Bytes): DerElement | undefined {
  const element = elementAt(bytes, 0)
  return element?.encoding.length === bytes.length ? element : undefined
}

/**
 * Parses DER values that follow one another, down to the last byte.
 *
 * @param bytes the content of a constructed value
 * @returns undefined when anything in it is not a value, see `parseDer`
 */
export function parseDerElements(bytes: Bytes): readonly DerElement[] | undefined {
  const elements: DerElement[] = []
  for (let offset = 0; offset < bytes.length; ) {
    const element = elementAt(bytes, offset)
    if (!element) return undefined
    elements.push(element)
    offset += element.encoding.length
  }
  return elements
}

/** Parses what is inside of `element`. @returns undefined also when it has another tag, or is not there */
export function parseDerInside(
  element: DerElement | undefined,
  tag: number,
): readonly DerElement[] | undefined {
  return element?.tag === tag ? parseDerElements(element.content) : undefined
}

/** Parses what is inside of a SEQUENCE. @returns undefined also when it is none, or not there */
export function parseSequence(element: DerElement | undefined): readonly DerElement[] | undefined {
  return parseDerInside(element, SEQUENCE)
}

function elementAt(bytes: Bytes, offset: number): DerElement | undefined {
  const tag = bytes[offset]
  // Tags above 30 take more than one byte. No certificate needs them, nor the tag 0 that ends an indefinite length.
  if (tag === undefined || tag === 0 || (tag & 0x1f) === 0x1f) return undefined
  const length = lengthAt(bytes, offset + 1)
  if (!length) return undefined
  const end = length.next + length.value
  if (end > bytes.length) return undefined
  return { tag, content: bytes.subarray(length.next, end), encoding: bytes.subarray(offset, end) }
}

/** A length and where it ends, if it is definite and as short as possible. */
function lengthAt(
  bytes: Bytes,
  offset: number,
): { readonly value: number; readonly next: number } | undefined {
  const first = bytes[offset]
  if (first === undefined) return undefined
  if (first < 0x80) return { value: first, next: offset + 1 }
  const next = offset + 1 + (first & 0x7f)
  // 0x80 is the indefinite form. Four bytes count further than any memory that is given to us.
  if (first === 0x80 || first > 0x84 || next > bytes.length) return undefined
  const value = bytes.subarray(offset + 1, next).reduce((sum, byte) => sum * 256 + byte, 0)
  return bytes[offset + 1] === 0 || value < 0x80 ? undefined : { value, next }
}

/**
 * Reads an OBJECT IDENTIFIER ([X.690, section 8.19](https://www.itu.int/rec/T-REC-X.690)).
 *
 * @returns it in numbers with dots, or undefined when it is malformed or one of its numbers is beyond 2^53
 */
export function readObjectIdentifier(element: DerElement | undefined): string | undefined {
  if (element?.tag !== derTag.objectIdentifier) return undefined
  const numbers: number[] = []
  let number: number | undefined
  for (const byte of element.content) {
    // A number that begins with zero bits has a shorter form.
    if (number === undefined && byte === 0x80) return undefined
    number = (number ?? 0) * 128 + (byte & 0x7f)
    if (!Number.isSafeInteger(number)) return undefined
    if (byte >= 0x80) continue
    numbers.push(number)
    number = undefined
  }
  const [first, ...others] = numbers
  if (first === undefined || number !== undefined) return undefined
  // The first two share a number: only under 2 may the second be more than 39.
  const root = Math.min(Math.floor(first / 40), 2)
  return [root, first - root * 40, ...others].join('.')
}

/** Whether it is an INTEGER in its shortest form ([X.690, section 8.3](https://www.itu.int/rec/T-REC-X.690)). */
export function isInteger(element: DerElement | undefined): element is DerElement {
  if (element?.tag !== INTEGER) return false
  const [first, second] = element.content
  if (first === undefined || second === undefined) return first !== undefined
  const repeatsSign = (first === 0 && second < 0x80) || (first === 0xff && second >= 0x80)
  return !repeatsSign
}

/**
 * How many bits a positive INTEGER has, without the zeros in front.
 *
 * @returns undefined when it is not an INTEGER above zero
 */
export function bitLengthOfInteger(element: DerElement | undefined): number | undefined {
  if (!isInteger(element)) return undefined
  const [first = 0, second = 0] = element.content
  if (first >= 0x80) return undefined
  // A zero byte in front only says that the number is not negative.
  const [leading, bytes] =
    first === 0 ? [second, element.content.length - 1] : [first, element.content.length]
  return leading === 0 ? undefined : bytes * 8 - (Math.clz32(leading) - 24)
}

/** The bytes of a BIT STRING of whole bytes, which keys and signatures are; undefined when it is something else. */
export function readBitString(element: DerElement | undefined): Bytes | undefined {
  return element?.tag === BIT_STRING && element.content[0] === 0 ? element.content.subarray(1) : undefined
}

/**
 * Reads a time as certificates write it: UTCTime or GeneralizedTime, with seconds, in Greenwich, without fractions
 * ([RFC 5280, section 4.1.2.5](https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5)).
 *
 * @returns milliseconds since the epoch, or undefined when it is not such a time or the calendar does not have it
 */
export function readTime(element: DerElement | undefined): number | undefined {
  if (element?.tag !== derTag.utcTime && element?.tag !== derTag.generalizedTime) return undefined
  if (element.content.length > 'YYYYMMDDHHMMSSZ'.length) return undefined
  const written = String.fromCharCode(...element.content)
  // Two digits mean a year from 1950 to 2049.
  const century = element.tag === derTag.generalizedTime ? '' : written < '5' ? '20' : '19'
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(century + written)
  if (!parts) return undefined
  const [, year, month, day, hours, minutes, seconds] = parts
  const iso = `${year}-${month}-${day}T${hours}:${minutes}:${seconds}.000Z`
  const time = Date.parse(iso)
  // Dates such as the 30th of February are taken for one in March.
  return !Number.isNaN(time) && new Date(time).toISOString() === iso ? time : undefined
}
