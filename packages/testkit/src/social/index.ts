export type { Application, SocialRequest } from './application.ts'
export { type Cognito, type CognitoApplication, type CognitoUser, createCognito } from './cognito.ts'
export {
  createGitHub,
  type GitHub,
  type GitHubAccount,
  type GitHubAddress,
  type GitHubApplication,
  type GitHubMembership,
} from './github.ts'
export { createGoogle, type Google, type GoogleUser } from './google.ts'
