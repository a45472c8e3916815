export { createFixedClock, type FixedClock } from './fixed-clock.ts'
export { documentCacheSuite, ledgerSuite, type PortCase, sessionStoreSuite } from './port-suites.ts'
