/** What can be stored in a column and read back. */
type SqlValue = string | number | null

/** The little of SQLite that the tables need; Durable Objects and `node:sqlite` both have it, without waiting. */
export interface SqlDatabase {
  /** Runs statements that take and return nothing. */
  script(sql: string): void
  /** Runs one statement. @returns its rows */
  all<Row extends Record<string, SqlValue>>(sql: string, ...bindings: SqlValue[]): Row[]
  /** Runs `work` as one step: nobody sees or stores half of it. Whatever it throws undoes it. */
  transaction<T>(work: () => T): T
}

/** A table, or several that belong together, whose rows expire. */
export interface ExpiringTable {
  /** Removes what has expired by `now`, in milliseconds since the epoch. @returns how many rows are left */
  purge(now: number): number
}
