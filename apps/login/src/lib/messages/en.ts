import type { AddressFault, FailureCode } from '../failure.ts'

interface ProblemText {
  readonly title: string
  /** One sentence: what happened. */
  readonly what: string
  /** What the person can do now. */
  readonly advice: string
  readonly action: string
}

const problems: Record<FailureCode, ProblemText> = {
  login_failed: {
    title: 'We couldn’t sign you in',
    what: 'The sign-in ended before it was complete, or your organisation’s answer couldn’t be confirmed.',
    advice: 'Please try once more. If it happens again, your administrator can help.',
    action: 'Try again',
  },
  logout_failed: {
    title: 'We couldn’t sign you out',
    what: 'Your organisation’s message couldn’t be confirmed, so you may still be signed in here.',
    advice: 'Please sign out here. If it happens again, your administrator can help.',
    action: 'Continue',
  },
  login_expired: {
    title: 'That sign-in has expired',
    what: 'It wasn’t finished in time, or it was started in another browser.',
    advice: 'Nothing is lost. Start again here and finish in this browser.',
    action: 'Start again',
  },
  not_allowed: {
    title: 'You don’t have access yet',
    what: 'Your sign-in worked, but this account may not come in here.',
    advice: 'Try another account if you have one, or ask your administrator for access.',
    action: 'Use another account',
  },
  unknown_domain: {
    title: 'We don’t know where to send you',
    what: 'There is no sign-in set up here for that address or link.',
    advice: 'Check the address for typos, or ask your administrator.',
    action: 'Try again',
  },
  provider_unavailable: {
    title: 'Your organisation’s sign-in isn’t answering',
    what: 'We asked it to sign you in, but no usable answer came back.',
    advice: 'Please wait a minute, then try again. If it happens again, your administrator can help.',
    action: 'Try again',
  },
  too_many_requests: {
    title: 'Let’s wait a moment',
    what: 'There were many attempts in a short time, so we are taking a short break.',
    advice: 'Please wait a minute, then try again.',
    action: 'Try again',
  },
  bad_request: {
    title: 'That link didn’t quite work',
    what: 'Something was missing from the link or form that led here.',
    advice: 'Starting again from here usually puts it right.',
    action: 'Start again',
  },
  server_error: {
    title: 'Something went wrong on our side',
    what: 'It wasn’t anything you did.',
    advice: 'Please try once more. If it happens again, your administrator can help.',
    action: 'Try again',
  },
  unreachable: {
    title: 'We can’t reach the server',
    what: 'The connection was interrupted, or the answer took too long.',
    advice: 'Check that you are online, then try again.',
    action: 'Try again',
  },
}

const addressFaults: Record<AddressFault['reason'], string> = {
  empty: 'Enter your work e-mail address.',
  malformed: 'Enter the whole address, like user@example.com.',
  unknown_domain:
    'We don’t know this address yet. Check it for typos, or ask your administrator to add your domain.',
  bad_request: 'This address can’t be used as it is. Check it for typos, or ask your administrator.',
}

/** Every word on the page. A further language is one more file of this shape. */
export const en = {
  loading: { title: 'Sign in', status: 'Loading' },
  email: {
    title: 'Sign in',
    titleWithError: 'Error: Sign in',
    lead: 'Enter your work e-mail and we’ll take you to your organisation’s sign-in.',
    label: 'Work e-mail',
    action: 'Continue',
    busy: 'Looking up your sign-in…',
    assurance: 'You won’t be asked for a password on this page.',
    faults: addressFaults,
  },
  start: {
    title: 'Sign in',
    lead: 'Use your organisation’s account. We’ll take you to its sign-in and bring you straight back.',
    action: 'Continue with single sign-on',
    busy: 'Finding your sign-in…',
  },
  accounts: {
    or: 'or',
    action: (name: string) => `Continue with ${name}`,
  },
  off: {
    title: 'Single sign-on isn’t switched on',
    lead: 'This site has no single sign-on yet. Please tell your administrator that you would like to use it.',
    action: 'Check again',
  },
  choose: {
    title: 'Choose how to sign in',
    lead: 'Any of these will do.',
    otherAddress: 'Use another address',
    back: 'Go back',
  },
  leaving: {
    title: 'Taking you to your identity provider…',
    lead: 'You’ll come straight back here afterwards.',
    stuck: 'Nothing happening?',
    link: 'Continue by hand',
  },
  signedIn: {
    title: 'You’re signed in',
    isVerified: 'Verified',
    isNotVerified: 'Not verified',
    provider: 'Identity provider',
    groups: 'Groups',
    noGroups: 'None',
    showGroups: (count: number) => `All ${count}`,
    ends: 'Session ends',
    notice: 'Your last sign-in attempt ended early, but you are still signed in.',
    dismiss: 'Dismiss',
  },
  signOut: {
    title: 'Sign out?',
    lead: 'You’re signed in with this account.',
    here: 'Sign out',
    everywhere: 'Sign out everywhere',
    explanation: 'Ends your sessions in all browsers and on all devices.',
    stay: 'Stay signed in',
    busy: 'Signing you out…',
    ended:
      'Your session here had already ended, so we couldn’t end the others. Sign in again, then sign out everywhere.',
    fault: 'We don’t know whether that worked: you may still be signed in. Please try again.',
  },
  signedOut: {
    everywhere: 'You’re signed out here and at your identity provider.',
    here: 'You’re signed out here, but perhaps not at your identity provider. Sign out there too, above all on a computer that others use.',
  },
  problem: problems,
  requestId: {
    label: 'Request id',
    explanation: 'Your administrator can find the details under this id.',
    copy: 'Copy',
    copyLabel: 'Copy the request id',
    copied: 'Copied',
    notCopied: 'Please copy it by hand',
  },
  footer: 'Secured by',
}

export type Messages = typeof en
