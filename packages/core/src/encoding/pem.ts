/** A block of a PEM text ([RFC 7468](https://www.rfc-editor.org/rfc/rfc7468)). */
export interface PemBlock {
  /** What it says it is, in capitals. */
  readonly label: string
  /** What stands between BEGIN and END, unless they do not fit together. */
  readonly body: string | undefined
}

// This runs on whatever was pasted: it can begin in many places, but looks only so far from there.
// Two hyphens will do, or the dashes that a word processor made of them: else a certificate with a damaged boundary
// would pass for text around the others, and nobody would miss it. One would do in "CN = Acme - End Entity CA".
const encapsulationBoundary = /[-\u2013\u2014]{2} ?(BEGIN|END) ([^-\u2013\u2014\r\n]{0,64})/gi

interface Boundary {
  readonly begins: boolean
  readonly label: string
  /** Whether it is written as RFC 7468, section 3, wants it. */
  readonly isIntact: boolean
  readonly start: number
  readonly end: number
}

/** The blocks of a PEM text, also the broken ones; all of the text as one certificate when it has no armour. */
export function splitPem(text: string): readonly PemBlock[] {
  const blocks: PemBlock[] = []
  let open: Boundary | undefined
  for (const boundary of findBoundaries(text)) {
    if (open || !boundary.begins) blocks.push(blockBetween(text, open, boundary))
    open = boundary.begins ? boundary : undefined
  }
  if (open) blocks.push(blockBetween(text, open, undefined))
  return blocks.length === 0 ? [{ label: 'CERTIFICATE', body: text }] : blocks
}

function findBoundaries(text: string): readonly Boundary[] {
  return Array.from(text.matchAll(encapsulationBoundary), ({ 1: verb = '', 2: name = '', index }) => {
    const label = name.trim().toUpperCase()
    const intact = `-----${verb.toUpperCase()} ${label}-----`
    // The match has the last two hyphens of five.
    const start = index - 3
    const isIntact = text.startsWith(intact, start)
    return { begins: verb.toUpperCase() === 'BEGIN', label, isIntact, start, end: start + intact.length }
  })
}

function blockBetween(text: string, begin: Boundary | undefined, end: Boundary | undefined): PemBlock {
  const fit = begin?.isIntact && end?.isIntact && !end.begins && begin.label === end.label
  return { label: (begin ?? end)?.label ?? '', body: fit ? text.slice(begin.end, end.start) : undefined }
}
