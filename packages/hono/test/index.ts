export { loginSuite } from './login-suite.ts'
export type { Host } from './suite/driver.ts'
