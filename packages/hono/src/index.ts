export { type DoorwardOptions, doorward } from './app.ts'
