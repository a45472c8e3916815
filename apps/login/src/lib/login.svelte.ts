import type { LoginChoice, LoginMethods, LoginUrlRequest, SessionAnswer } from '@doorward/hono/contract'
import type { Api } from './api.ts'
import type { Arrival } from './arrival.ts'
import type { AddressFault, Failure } from './failure.ts'
import { words } from './messages/index.ts'

/** Which sessions a sign-out ends: this browser's, or all that the person has. */
export type Reach = 'here' | 'everywhere'

/** Somebody is signed in, and can sign out. */
interface SignedIn {
  readonly session: SessionAnswer
  /** The sign-out at work. */
  readonly signingOut: Reach | null
  /** Why the last one failed: `ended` when this session had ended before, so that the others were not found. */
  readonly fault: Failure | 'ended' | null
}

/** A link to where somebody signs in. */
export interface Way extends LoginChoice {
  /** The address of an image. */
  readonly icon?: string | null
}

/** Everything this page can be. One at a time, and each knows only what it needs. */
export type View =
  | { readonly name: 'loading' }
  | {
      readonly name: 'email'
      /** Nothing was shown before it. */
      readonly isFirst: boolean
      readonly isBusy: boolean
      readonly fault: AddressFault | null
    }
  /** Without a form: one button for single sign-on, or social accounts alone. */
  | { readonly name: 'start'; readonly isBusy: boolean }
  | { readonly name: 'off' }
  | { readonly name: 'choose'; readonly choices: readonly LoginChoice[]; readonly byAddress: boolean }
  | { readonly name: 'leaving'; readonly url: string }
  | { readonly name: 'problem'; readonly failure: Failure }
  | (SignedIn & {
      readonly name: 'signed-in'
      /** An earlier attempt that failed although the person is signed in. */
      readonly notice: Failure | null
    })
  /** A link led here to sign out: the person is asked whether that is wanted. */
  | (SignedIn & { readonly name: 'sign-out' })

export type ViewOf<Name extends View['name']> = Extract<View, { name: Name }>

/** From opening the page to leaving it. The views show `view` and call these methods; nothing else changes state. */
export class Login {
  view: View = $state.raw({ name: 'loading' })
  /** What was typed. Kept across views, so that nobody types it twice. */
  email: string = $state.raw('')

  /** What there is to say of a sign-out that led here. */
  readonly signedOut: Arrival['signedOut']

  readonly #api: Api
  readonly #leave: (url: string) => void
  readonly #next: string | null
  /** Where a link leads at once; not when the person comes back from there. */
  #issuer: string | null
  /** Whether the identity provider is to ask anew, because it would bring back an account that is not wanted. */
  #asksAnew: boolean
  readonly #asksSignOut: boolean
  #arrivalFailure: Failure | null
  #methods: LoginMethods | null = null

  constructor(api: Api, arrival: Arrival, leave: (url: string) => void) {
    this.#api = api
    this.#leave = leave
    this.#next = arrival.next
    this.#issuer = arrival.issuer
    this.email = arrival.loginHint ?? ''
    this.#asksAnew = arrival.isSignedOut
    this.signedOut = arrival.signedOut
    this.#asksSignOut = arrival.asksSignOut
    this.#arrivalFailure = arrival.failure
  }

  /** Finds out who is here and what this site offers. */
  async open(): Promise<void> {
    this.view = { name: 'loading' }
    const [session, methods] = await Promise.all([this.#api.session(), this.#api.methods()])
    // Kept only when it is known who is here: "try again" must not offer a login to whoever is signed in.
    this.#methods = session.ok && methods.ok ? methods.value : null
    // Said once: "try again" must not meet it again.
    const earlier = this.#arrivalFailure
    this.#arrivalFailure = null

    if (session.ok && session.value) {
      const signedIn: SignedIn = { session: session.value, signingOut: null, fault: null }
      this.view = this.#asksSignOut
        ? { name: 'sign-out', ...signedIn }
        : { name: 'signed-in', ...signedIn, notice: earlier }
    } else if (earlier) {
      this.view = { name: 'problem', failure: earlier }
    } else if (!session.ok) {
      this.view = { name: 'problem', failure: session.failure }
    } else if (!methods.ok) {
      this.view = { name: 'problem', failure: methods.failure }
    } else if (this.#issuer !== null && methods.value.sso.is_enabled) {
      await this.#follow(this.#issuer)
    } else {
      this.#showForm({ isFirst: true })
    }
  }

  /** The social accounts that may be used, whatever else is on the page. Not kept: what they link to may change. */
  get accounts(): readonly Way[] {
    const query = new URLSearchParams(this.#wishes())
    return Object.entries(this.#methods ?? {}).flatMap(([id, { is_enabled, public_name, icon }]) => {
      if (!is_enabled || id === 'sso') return []
      return {
        name: words.accounts.action(public_name),
        icon: icon && `data:image/svg+xml,${encodeURIComponent(icon)}`,
        url: `/api/auth/social/${id}/login/?${query}`,
      }
    })
  }

  /** Whether an organisation's login can be found here; if not, there are social accounts only. */
  get hasSso(): boolean {
    return this.#methods?.sso.is_enabled === true
  }

  type(email: string): void {
    this.email = email
  }

  /** The e-mail form was sent. */
  async submit(): Promise<void> {
    if (this.view.name !== 'email' || this.view.isBusy) return
    const email = this.email.trim()
    // Only what is surely a slip. Which addresses exist is for the server to know.
    if (!/^\S+@\S+$/.test(email)) {
      const reason = email === '' ? 'empty' : 'malformed'
      this.view = { ...this.view, fault: { reason, requestId: null } }
      return
    }
    this.view = { ...this.view, isBusy: true, fault: null }
    await this.#findLogin({ email })
  }

  /** The one button was pressed, where no address is asked for. */
  async start(): Promise<void> {
    if (this.view.name !== 'start' || this.view.isBusy) return
    this.view = { ...this.view, isBusy: true }
    await this.#findLogin({})
  }

  /** Back to the form, or to the very beginning if the page never got that far. */
  async tryAgain(): Promise<void> {
    if (this.view.name === 'problem' && this.view.failure.code === 'not_allowed') this.#asksAnew = true
    if (this.#methods) this.#showForm({ isFirst: false })
    else await this.open()
  }

  async signOut(reach: Reach): Promise<void> {
    if (!('session' in this.view) || this.view.signingOut) return
    const view = { ...this.view, signingOut: reach, fault: null }
    this.view = view
    const answer = await this.#api.logout(reach === 'everywhere' ? { everywhere: true } : undefined)
    if (answer.ok && answer.value) this.#leave(answer.value.url)
    else this.view = { ...view, signingOut: null, fault: answer.ok ? 'ended' : answer.failure }
  }

  /** The person was asked, and does not want to sign out. */
  stay(): void {
    if (this.view.name === 'sign-out' && !this.view.signingOut) this.#leave('/')
  }

  dismissNotice(): void {
    if (this.view.name === 'signed-in') this.view = { ...this.view, notice: null }
  }

  /** The browser brought the page back as it was left (back/forward cache): what it shows may be over. */
  async resume(): Promise<void> {
    if (this.view.name === 'leaving') this.#showForm({ isFirst: false })
    else if ('session' in this.view) await this.open()
  }

  /** Goes where a link says, once. */
  async #follow(iss: string): Promise<void> {
    this.#issuer = null
    await this.#findLogin({ iss, ...(this.email === '' ? {} : { email: this.email }) })
    // Several may call themselves so: then the address tells which.
    const { view } = this
    if (view.name === 'problem' && view.failure.code === 'unknown_domain') this.#showForm({ isFirst: true })
  }

  /** What goes with every way to sign in. */
  #wishes(): { next?: string; prompt?: 'login' } {
    return {
      ...(this.#next === null ? {} : { next: this.#next }),
      ...(this.#asksAnew ? { prompt: 'login' } : {}),
    }
  }

  async #findLogin(who: Pick<LoginUrlRequest, 'email' | 'iss'>): Promise<void> {
    const answer = await this.#api.loginUrl({ ...who, ...this.#wishes() })
    if (!answer.ok) this.#refuse(answer.failure)
    else if ('choose' in answer.value) {
      this.view = { name: 'choose', choices: answer.value.choose, byAddress: who.email !== undefined }
    } else {
      this.view = { name: 'leaving', url: answer.value.url }
      this.#leave(answer.value.url)
    }
  }

  #refuse(failure: Failure): void {
    const { code, requestId } = failure
    const concernsAddress = code === 'unknown_domain' || code === 'bad_request'
    if (this.view.name === 'email' && concernsAddress) {
      this.view = { ...this.view, isBusy: false, fault: { reason: code, requestId } }
    } else {
      this.view = { name: 'problem', failure }
    }
  }

  #showForm({ isFirst }: { isFirst: boolean }): void {
    const isByAddress = this.hasSso && this.#methods?.sso.selection_schema !== 'lowest_weight'
    if (!this.hasSso && this.accounts.length === 0) this.view = { name: 'off' }
    else if (!isByAddress) this.view = { name: 'start', isBusy: false }
    else this.view = { name: 'email', isFirst, isBusy: false, fault: null }
  }
}
