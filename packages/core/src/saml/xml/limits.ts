/** How much XML is read before it is refused: bounds what anybody can make us do. */
export interface XmlLimits {
  /** In bytes of UTF-8. */
  readonly bytes: number
  readonly depth: number
  readonly elements: number
  /** Of one element, namespace declarations included. */
  readonly attributes: number
  /** Whether there may be comments between elements. They never stand inside a text. */
  readonly comments: boolean
}

/** For what comes by way of a browser. Two thousand groups take half of it. */
export const MESSAGE_LIMITS: XmlLimits = {
  bytes: 1024 * 1024,
  depth: 48,
  elements: 20_000,
  attributes: 32,
  comments: false,
}

/** For metadata: some describe a whole federation, and explain themselves in comments. */
export const METADATA_LIMITS: XmlLimits = {
  bytes: 4 * 1024 * 1024,
  depth: 48,
  elements: 100_000,
  attributes: 64,
  comments: true,
}
