/**
 * Reads a file's bytes as UTF-8. Windows writes others: PowerShell's `>` makes UTF-16, and older editors write one byte
 * for each letter. Such a file is told for what it is, not shown as a page of errors about characters nobody typed.
 *
 * @returns the text, with its byte order mark if it has one; or what is wrong, without anything of the file
 */
export function decodeText(bytes: Uint8Array): { readonly text: string } | { readonly problem: string } {
  if (isUtf16(bytes)) return { problem: 'the file is UTF-16, as PowerShell writes it: save it as UTF-8' }
  try {
    return { text: decoder.decode(bytes) }
  } catch {
    const line = lineOfFirstFault(bytes)
    return {
      problem: `the file is not UTF-8, from line ${line} on; perhaps Latin-1 (Windows-1252): save it as UTF-8`,
    }
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** By its byte order mark; without one by the zeros that every other byte of Latin letters is. */
function isUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true
  const start = bytes.subarray(0, 200)
  const zeros = (parity: number) =>
    start.filter((byte, position) => position % 2 === parity && byte === 0).length
  return start.length > 3 && Math.max(zeros(0), zeros(1)) > start.length / 4
}

/** Lines are looked at one by one: no sequence of UTF-8 reaches beyond the end of a line. */
function lineOfFirstFault(bytes: Uint8Array): number {
  for (let line = 1, start = 0; start < bytes.length; line++) {
    const end = bytes.indexOf(0x0a, start)
    const next = end < 0 ? bytes.length : end + 1
    try {
      decoder.decode(bytes.subarray(start, next))
    } catch {
      return line
    }
    start = next
  }
  return 1
}
