import type { Bench } from '../bench.ts'
import { configBench } from './config/config.ts'
import { oidcBench } from './oidc/oidc.ts'
import { samlBench } from './saml/saml.ts'
import { selectBench } from './select/select.ts'
import { sessionBench } from './session/session.ts'

/** Every bench there is. */
export const benches: readonly Bench[] = [sessionBench, selectBench, configBench, oidcBench, samlBench]
