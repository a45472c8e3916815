export { type Host, loginSuite } from './login-suite.ts'
