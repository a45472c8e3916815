import type { SocialConnection } from '@doorward/core/config'

/** A social account, as it is asked for and written. */
export interface SocialAccount {
  /** What `--provider` says. */
  readonly value: string
  /** The part in brackets tells it from the provider of single sign-on. */
  readonly title: string
  /** Its section of `social_account`. */
  readonly key: 'google' | 'github' | 'amazon_cognito'
  readonly id: SocialConnection['id']
  /** Its page in docs/idp. */
  readonly page: string
}

/** Who may be asked to sign people in by a button. */
export const socialAccounts: readonly SocialAccount[] = [
  { value: 'github', title: 'GitHub (a button)', key: 'github', id: 'github', page: 'github' },
  { value: 'google-button', title: 'Google (a button)', key: 'google', id: 'google', page: 'google' },
  {
    value: 'cognito-button',
    title: 'Amazon Cognito (a button)',
    key: 'amazon_cognito',
    id: 'amazon-cognito',
    page: 'cognito',
  },
]

/** @returns the social account that was chosen, if it is one */
export function socialOf({
  provider,
}: {
  readonly provider?: string | undefined
}): SocialAccount | undefined {
  return socialAccounts.find(({ value }) => value === provider)
}
