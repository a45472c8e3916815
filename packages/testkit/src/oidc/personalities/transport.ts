import { page } from '../../html.ts'
import { drip, huge, pause } from '../bodies.ts'
import { ConnectionReset } from '../connection-reset.ts'
import { redirect } from '../respond.ts'
import type { Awaitable, BackChannelEndpoint, PersonalityEntry, ResponseStep } from './personality.ts'

interface Fault {
  readonly wrong: string
  readonly specification: string
  readonly response: (good: Response, step: ResponseStep) => Awaitable<Response>
}

const defence = 'no specification: a relying party has to bound what it accepts and how long it waits'

const faults = {
  html: {
    wrong: 'a page for people, with status 200, comes',
    specification:
      'RFC 6749 section 5.1, OpenID Connect Core 1.0 section 5.3.2: the answer is JSON and says so',
    response: () => page('Welcome', '<p>Welcome</p>'),
  },
  'invalid-json': {
    wrong: 'JSON that breaks off comes',
    specification: 'RFC 8259 section 2',
    async response(good) {
      const text = await good.text()
      return new Response(text.slice(0, Math.floor(text.length / 2)), {
        status: good.status,
        headers: good.headers,
      })
    },
  },
  huge: {
    wrong: 'the good answer after tens of megabytes of blanks comes',
    specification: defence,
    response: (good, step) => huge(good, step.hugeBytes, step.signal),
  },
  'huge-compressed': {
    wrong: 'the good answer after tens of megabytes of blanks, small by compression, comes',
    specification: defence,
    response(good, step) {
      const response = huge(good, step.hugeBytes, step.signal)
      // The server compresses what carries this header, as workerd does; in-process readers see what fetch
      // would show.
      response.headers.set('content-encoding', 'gzip')
      return response
    },
  },
  slow: {
    wrong: 'for a long time nothing, then the good answer comes',
    specification: defence,
    async response(good, step) {
      await pause(step.slowMilliseconds, step.signal)
      return good
    },
  },
  drip: {
    wrong: 'one byte at a time, without end, comes',
    specification: defence,
    response: (good, step) => drip(good, step.dripMilliseconds, step.signal),
  },
  redirecting: {
    wrong: 'a redirect to another address comes, which repeats the request with all that is secret in it',
    specification: 'RFC 9700 section 4.12: 307 carries the body along',
    response: (_, step) => redirect(step.elsewhere, 307),
  },
  reset: {
    wrong: 'no answer but the end of the connection comes',
    specification: defence,
    response() {
      throw new ConnectionReset()
    },
  },
} as const satisfies Record<string, Fault>

/** What can go wrong with the transport of an answer. */
export type TransportFault = keyof typeof faults

/** Names of the transport personalities, for example `huge-at-token`. */
export type TransportPersonalityName = `${TransportFault}-at-${BackChannelEndpoint}`

/** In the order in which a relying party meets them. */
const endpoints: readonly BackChannelEndpoint[] = ['discovery', 'jwks', 'token', 'userinfo']

/** After these the good answer has come, late or long: a very patient client may go on. */
const survivable: ReadonlySet<string> = new Set<TransportFault>(['huge', 'huge-compressed', 'slow'])

function rowOf(name: string, fault: Fault, at: BackChannelEndpoint): PersonalityEntry {
  // Userinfo is not needed where the ID token says it all; elsewhere the login has nothing to go on with.
  const optional = at === 'userinfo' || survivable.has(name)
  return {
    wrong: `from the ${at} endpoint ${fault.wrong}`,
    specification: fault.specification,
    login: optional ? 'may-succeed' : 'must-fail',
    hooks: { response: (good, step) => (step.endpoint === at ? fault.response(good, step) : good) },
  }
}

function buildRows(): Record<TransportPersonalityName, PersonalityEntry> {
  const rows = endpoints.flatMap((at) =>
    Object.entries<Fault>(faults).map(
      ([name, fault]) => [`${name}-at-${at}`, rowOf(name, fault, at)] as const,
    ),
  )
  // Every fault meets every endpoint above, which is what the type says.
  return Object.fromEntries(rows) as Record<TransportPersonalityName, PersonalityEntry>
}

/** Providers that a relying party can hardly talk to: each fault at each endpoint it calls itself. */
export const transportPersonalities: Record<TransportPersonalityName, PersonalityEntry> = buildRows()
