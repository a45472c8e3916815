import {
  type BaseUrl,
  type Clock,
  type Connection,
  loginUrl,
  type ReturnTo,
  type Sealer,
  sealHint,
} from '@doorward/core'

/** What a login is begun with. */
interface Start {
  readonly returnTo: ReturnTo
  /** Whom the person says they are. */
  readonly loginHint: string | undefined
  readonly prompt?: 'login' | undefined
}

interface StartServices {
  readonly baseUrl: BaseUrl
  readonly sealer: Sealer
  readonly clock: Clock
}

/** As long as an address may be, with what people type around it; a longer one is no hint to anybody. */
const MAX_HINT = 320

/** Makes the addresses at which a login begins. What the person typed is sealed: it stands in no log and no history. */
export async function startUrls(
  { returnTo, loginHint, prompt }: Start,
  { baseUrl, sealer, clock }: StartServices,
): Promise<(connection: Connection) => string> {
  const text = loginHint?.trim() ?? ''
  const hint = text === '' || text.length > MAX_HINT ? undefined : await sealHint(text, clock(), sealer)
  return (connection) => {
    const url = loginUrl(connection, baseUrl)
    if (returnTo !== '/') url.searchParams.set('next', returnTo)
    if (prompt !== undefined) url.searchParams.set('prompt', prompt)
    if (hint !== undefined) url.searchParams.set('hint', hint)
    return url.href
  }
}
