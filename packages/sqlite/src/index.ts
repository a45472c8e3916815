export { type ClaimTable, openClaimTable } from './claim-table.ts'
export type { ExpiringTable, SqlDatabase } from './database.ts'
export { openSessionTable, type SessionTable } from './session-table.ts'
