/**
 * Thrown by the provider's handler in place of an answer: whoever serves it drops the connection without a
 * word. To code that calls the handler in-process it looks like the `TypeError` of a fetch that failed.
 */
export class ConnectionReset extends TypeError {
  override readonly name = 'ConnectionReset'

  constructor() {
    super('the provider dropped the connection')
  }
}
