import type { BaseUrl } from '../config/base-url.ts'
import type { Sealer } from '../encoding/seal.ts'
import type { Clock } from '../ports/clock.ts'
import type { Ledger } from '../ports/ledger.ts'
import type { Selector } from '../selection/select.ts'
import type { Sessions } from '../session/sessions.ts'
import type { Protocols } from './protocol.ts'

/** What a login needs. */
export interface LoginServices {
  readonly baseUrl: BaseUrl
  readonly selector: Selector
  readonly protocols: Protocols
  readonly ledger: Ledger
  readonly sessions: Sessions
  readonly sealer: Sealer
  readonly clock: Clock
}
