import type { BaseUrl } from '../config/base-url.ts'
import type { Clock } from '../ports/clock.ts'
import type { Ledger } from '../ports/ledger.ts'
import type { Selector } from '../selection/select.ts'
import type { SessionServices } from '../session/session.ts'
import type { Protocols } from './protocol.ts'

/** What a login needs. */
export interface LoginServices extends SessionServices {
  readonly baseUrl: BaseUrl
  readonly selector: Selector
  readonly protocols: Protocols
  readonly ledger: Ledger
  readonly clock: Clock
}
