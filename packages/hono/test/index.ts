export { type Browser, createBrowser, type Send } from './browser.ts'
export { loginSuite } from './login-suite.ts'
export type { Host } from './suite/driver.ts'
