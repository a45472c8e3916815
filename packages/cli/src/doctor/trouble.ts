import type { SsoError } from '@doorward/core'
import { shown } from '@doorward/core/errors'
import type { Answer } from './examination.ts'
import type { About, Finding } from './finding.ts'

/** What an address was asked for, to say what to do when it does not give it. */
export interface Asked {
  readonly url: string
  /** The key of the configuration that decides about the address. */
  readonly setting: string
  /** Such as `the discovery document`. */
  readonly wanted: string
  /** How much of it is read, where that is more than `1 MiB`. */
  readonly limit?: string
}

/** A finding for a call that failed, as the login's own code says why: told apart as far as it can be. */
export function explainTrouble(
  about: About,
  error: SsoError,
  asked: Asked,
  answer: Answer | undefined,
): Finding {
  const { code, details } = error
  switch (code) {
    case 'provider_unreachable':
      return unreachable(about, String(details['reason'] ?? ''), asked)
    case 'provider_timeout':
      return about.error(
        'no answer in time',
        `is the server up and not overloaded, and does a firewall let this machine through; a login waits 10 seconds for ${asked.wanted} and all that follows`,
        code,
      )
    case 'provider_response_too_large':
      return about.error(
        `an answer of more than ${asked.limit ?? '1 MiB'}`,
        `this is not ${asked.wanted}: compare "${asked.setting}" with what the provider documents`,
        code,
      )
    case 'provider_url_refused':
      return about.error(
        `an address without https: ${hostOf(asked.url)}`,
        `"${asked.setting}" must begin with https://; http:// is for a provider and a Doorward that both run on localhost`,
        code,
      )
    default:
      return wrongAnswer(about, error, asked, answer)
  }
}

function wrongAnswer(
  about: About,
  { code, details }: SsoError,
  asked: Asked,
  answer: Answer | undefined,
): Finding {
  const status = Number(details['status'] ?? 200)
  if (status === 0 || (status >= 300 && status < 400)) {
    const target = answer?.location === undefined ? undefined : URL.parse(answer.location, asked.url)
    const to = shown(target ? `${target.origin}${target.pathname}` : undefined)
    return about.error(
      `a redirect (${status}) to ${to}, which a login does not follow`,
      `if that is the provider you mean, let "${asked.setting}" name it directly`,
      'redirect',
    )
  }
  if (status !== 200) return errorStatus(about, status, asked)
  const type = shown(answer?.contentType?.split(';')[0]?.trim())
  const isPage = type === 'text/html' || type === 'application/xhtml+xml'
  return about.error(
    isPage ? 'a web page (text/html)' : `something else (${type})`,
    `open ${asked.url} in a browser: ${asked.wanted} must show there at once, not a login or a notice; if it does not, mend "${asked.setting}"`,
    code,
  )
}

function errorStatus(about: About, status: number, asked: Asked): Finding {
  const fixes: Readonly<Record<number, string>> = {
    401: 'something in front of the provider asks who we are; let it pass this path without',
    403: 'a firewall or a filter refuses; let it pass this path for everybody',
    404: `"${asked.setting}" does not lead there: a path, realm or tenant is missing or misspelt`,
    410: `"${asked.setting}" does not lead there any more`,
    429: 'the provider has had too many requests; wait, then try again',
  }
  const otherwise =
    status >= 500
      ? 'the provider is out of order: its own status page or log says why'
      : `open ${asked.url} in a browser and compare "${asked.setting}" with what the provider documents`
  return about.error(
    `error status ${status} for ${asked.wanted}`,
    fixes[status] ?? otherwise,
    `http_${status}`,
  )
}

const certificateWrong =
  'people and Doorward refuse it alike: the certificate of the provider has to be mended'

/** What a host says about a connection that did not come about. */
const reasons: Readonly<Record<string, readonly [found: string, fix: string]>> = {
  ENOTFOUND: ['there is no such host', 'is the name misspelt, or known only in another network?'],
  EAI_AGAIN: ['the name could not be looked up now', 'try again; does DNS work on this machine?'],
  ECONNREFUSED: ['nothing listens there', 'is the provider up, and is the port right?'],
  ECONNRESET: ['the connection was broken off', 'does a firewall or a proxy stand in between?'],
  UND_ERR_SOCKET: ['the connection was broken off', 'does a firewall or a proxy stand in between?'],
  ETIMEDOUT: ['no connection in time', 'does a firewall keep this machine out, or is the host down?'],
  UND_ERR_CONNECT_TIMEOUT: [
    'no connection in time',
    'does a firewall keep this machine out, or is the host down?',
  ],
  EHOSTUNREACH: ['there is no way to the host', 'is this machine in the right network?'],
  ENETUNREACH: [
    'there is no way to its network',
    'is this machine connected, and by the right protocol (IPv4, IPv6)?',
  ],
  CERT_HAS_EXPIRED: ['its TLS certificate has expired', certificateWrong],
  CERT_NOT_YET_VALID: [
    'its TLS certificate is not valid yet',
    `is this machine's clock right; if it is: ${certificateWrong}`,
  ],
  ERR_TLS_CERT_ALTNAME_INVALID: [
    'its TLS certificate is for another host',
    'is the name right; if it is, the provider has to add it to its certificate',
  ],
  DEPTH_ZERO_SELF_SIGNED_CERT: [
    'its TLS certificate is self-signed',
    'the provider needs one of a public authority; Doorward on Cloudflare trusts no other',
  ],
  SELF_SIGNED_CERT_IN_CHAIN: [
    'its TLS certificate is from an authority that is not public',
    'the provider needs one of a public authority (or a proxy here replaces it); for this machine alone, NODE_EXTRA_CA_CERTS',
  ],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: [
    'its TLS certificate comes without the one that issued it',
    'the provider has to send the intermediate certificate too',
  ],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: [
    'its TLS certificate is from an unknown authority',
    'the provider has to send the intermediate certificate too, or needs one of a public authority',
  ],
  EPROTO: ['what answers there does not speak TLS as we do', 'is the port right, and is it https?'],
  ERR_SSL_WRONG_VERSION_NUMBER: [
    'what answers there does not speak TLS',
    'is the port right, and is it https?',
  ],
  ERR_SSL_PACKET_LENGTH_TOO_LONG: [
    'what answers there does not speak TLS',
    'is the port right, and is it https?',
  ],
}

/** What an error code of a connection means, and what to do. */
export function explainReason(reason: string): { readonly found: string; readonly fix: string } {
  const [found, fix] = (Object.hasOwn(reasons, reason) ? reasons[reason] : undefined) ?? [
    'no connection',
    'is the provider up, is its name right, does its certificate fit?',
  ]
  return { found, fix }
}

function unreachable(about: About, reason: string, asked: Asked): Finding {
  const { found, fix } = explainReason(reason)
  if (reason === '') return about.error(`${hostOf(asked.url)}: ${found}`, fix, 'provider_unreachable')
  const code = shown(reason)
  return about.error(`${hostOf(asked.url)}: ${found} (${code})`, fix, code)
}

/** Host and port, as far as they can be shown. */
export function hostOf(url: string): string {
  return shown(URL.parse(url)?.host)
}
