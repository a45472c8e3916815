export { type DoorwardOptions, doorward } from './app.ts'
export type { ProtocolServices, SamlSupport } from './protocol-services.ts'
