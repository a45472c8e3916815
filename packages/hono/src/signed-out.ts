/** Where a sign-out leads: to the form, which lets nobody in again unasked. */
export const SIGNED_OUT = '/login?prompt=login'

/** The same, saying that the identity provider has signed the person out as well. */
export const SIGNED_OUT_EVERYWHERE: string = `${SIGNED_OUT}&signed_out=everywhere`

/** The same, saying that it may not have: it could not be asked, or did not say yes. */
export const SIGNED_OUT_HERE: string = `${SIGNED_OUT}&signed_out=here`

/** Where a person is asked whether they mean to sign out. */
export const ASK = '/login?sign_out=1'
