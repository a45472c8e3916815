export { type BaseUrl, isLoopback, parseBaseUrl } from './base-url.ts'
export { type CompiledConfiguration, compileConfiguration, loadConfiguration } from './compile.ts'
export type { Configuration, Connection, OidcConnection, SelectionMode } from './connection.ts'
export { type ParsedConfiguration, parseConfiguration } from './parse.ts'
