import { describe, expect, it } from 'vitest'
import { baseUrl, baseUrlOf, parseOptionsWith } from '../../test/configured.ts'
import { encodeBase64Url } from '../encoding/base64url.ts'
import { sha256 } from '../encoding/digest.ts'
import { randomId } from '../encoding/random.ts'
import { createSealer, MAX_SEALED_CONFIGURATION_LENGTH, type Sealer } from '../encoding/seal.ts'
import { Secret } from '../encoding/secret.ts'
import type { CompiledConfiguration } from './compile.ts'
import { parseConfiguration } from './parse.ts'
import { openConfiguration, type PushedTo, sealConfiguration } from './pushed.ts'

const newSealer = () => createSealer([new Secret(randomId(32))])
const sealer = newSealer()
const now = Date.UTC(2026, 0, 2)
const MINUTE = 60_000

const compiled = compile()
const sealed = await sealConfiguration(compiled, sealer)

function compile(): CompiledConfiguration {
  const input = {
    sso: {
      enabled: true,
      identity_providers: [
        {
          id: 'acme',
          name: 'Acme',
          protocol: 'OIDC',
          server_url: 'https://login.acme.example',
          client_id: 'client-1',
          client_secret: 'a-secret-that-nobody-may-read',
          email_domain: 'acme.example',
        },
      ],
    },
  }
  const parsed = parseConfiguration(input, parseOptionsWith({ now: now - MINUTE }))
  if (!parsed.compiled) throw new Error(parsed.issues[0]?.message)
  return parsed.compiled
}

/** With a connection that takes up as many characters. */
function compiledOfLength(length: number): CompiledConfiguration {
  const connections = compiled.connections.map((connection) => ({
    ...connection,
    settings: 'x'.repeat(length),
  }))
  return { ...compiled, connections }
}

function open(unverified: string, changes: Partial<PushedTo> = {}): Promise<CompiledConfiguration> {
  return openConfiguration(unverified, { sealer, baseUrl, now, ...changes })
}

/** Seals anything at all under any version, as only somebody with the secret can. */
async function sealAnything(value: unknown, version: unknown = Object(value).version): Promise<string> {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const body = await sealer.seal('configuration', '', text)
  const header = { version, digest: await sha256(body) }
  return `${await sealer.seal('configuration-header', '', JSON.stringify(header))}.${body}`
}

/** A sealer like ours, and how many characters it was given to open. */
function watchedSealer(): { readonly watched: Sealer; readonly lengths: number[] } {
  const lengths: number[] = []
  return {
    lengths,
    watched: {
      ...sealer,
      open(purpose, context, text) {
        lengths.push(text.length)
        return sealer.open(purpose, context, text)
      },
    },
  }
}

const unreadable = expect.objectContaining({ code: 'configuration_unreadable' })
const unfit = (message: RegExp) =>
  expect.objectContaining({ code: 'installation_invalid', message: expect.stringMatching(message) })

describe('a pushed configuration', () => {
  it('comes out as it was compiled', async () => {
    expect(await open(sealed)).toEqual(compiled)
  })

  it('shows nothing of what is in it', () => {
    expect(sealed).toMatch(/^[\w-]+\.[\w-]+$/)
    for (const text of ['a-secret-that-nobody-may-read', 'acme.example']) {
      expect(sealed).not.toContain(encodeBase64Url(new TextEncoder().encode(text)).slice(0, -2))
    }
  })

  it('may be much larger than anything else that is sealed', async () => {
    const large = compiledOfLength(5 * 1024 * 1024)
    expect(await open(await sealConfiguration(large, sealer))).toEqual(large)
  })

  it('is not made when nobody would open it', async () => {
    const large = compiledOfLength((MAX_SEALED_CONFIGURATION_LENGTH * 3) / 4)
    await expect(sealConfiguration(large, sealer)).rejects.toThrow(unfit(/too large/))
  })

  it('opens while the secret that sealed it is still there', async () => {
    const [older, newer] = [new Secret(randomId(32)), new Secret(randomId(32))]
    const old = await sealConfiguration(compiled, createSealer([older]))
    expect(await open(old, { sealer: createSealer([newer, older]) })).toEqual(compiled)
    await expect(open(old, { sealer: createSealer([newer]) })).rejects.toThrow(unreadable)
  })
})

describe('to refuse a pushed configuration', () => {
  const [header = '', body = ''] = sealed.split('.')

  it('needs its header alone, where its version is not wanted', async () => {
    const { watched, lengths } = watchedSealer()
    const asked: number[] = []
    const opened = await openConfiguration(sealed, { sealer: watched, baseUrl, now }, (version) => {
      asked.push(version)
      return false
    })
    expect({ opened, asked, lengths }).toEqual({
      opened: undefined,
      asked: [compiled.version],
      lengths: [header.length],
    })
    expect(header.length).toBeLessThanOrEqual(256)
    expect(await openConfiguration(sealed, { sealer, baseUrl, now }, () => true)).toEqual(compiled)
  })

  it.each([
    ['without a header', 'A'.repeat(MAX_SEALED_CONFIGURATION_LENGTH)],
    [
      'with what is none',
      `${'A'.repeat(header.length)}.${'A'.repeat(MAX_SEALED_CONFIGURATION_LENGTH - 256)}`,
    ],
    ['with an endless one', `${'A'.repeat(MAX_SEALED_CONFIGURATION_LENGTH - 9)}.${body}`],
    ['behind one that is genuine', `${header}.${'A'.repeat(MAX_SEALED_CONFIGURATION_LENGTH - 256)}`],
    [
      'behind one that is genuine, without end',
      `${header}.${'A'.repeat(3 * MAX_SEALED_CONFIGURATION_LENGTH)}`,
    ],
  ])('nobody is made to decrypt megabytes %s', async (_, unverified) => {
    const { watched, lengths } = watchedSealer()
    await expect(open(unverified, { sealer: watched })).rejects.toThrow(unreadable)
    expect(Math.max(0, ...lengths)).toBeLessThanOrEqual(256)
  })
})

describe('of what is not genuine, nothing is used:', () => {
  it('longer than anything that we sealed, whatever stands in front', async () => {
    const unverified = sealed + 'A'.repeat(MAX_SEALED_CONFIGURATION_LENGTH)
    const opening = openConfiguration(unverified, { sealer, baseUrl, now }, () => false)
    await expect(opening).rejects.toThrow(unreadable)
  })

  it('put together of two that are', async () => {
    const other = await sealConfiguration({ ...compiled, version: compiled.version + 1 }, sealer)
    const again = await sealConfiguration(compiled, sealer)
    for (const [one, two] of [
      [sealed, other],
      [other, sealed],
      [sealed, again],
    ] as const) {
      const mixed = `${one.split('.')[0]}.${two.split('.')[1]}`
      await expect(open(mixed)).rejects.toThrow(unreadable)
    }
  })

  it('the parts of one in the place of each other, or one of them alone', async () => {
    const [header, body] = sealed.split('.')
    for (const text of [`${body}.${header}`, `${body}`, `${header}`, `${header}.${header}`, `.${body}`]) {
      await expect(open(text)).rejects.toThrow(unreadable)
    }
  })

  it('cut anywhere', async () => {
    const lengths = new Set([0, 1, 16, 28, 37, 38, 39, sealed.length - 1, sealed.length - 4])
    for (let length = 40; length < sealed.length; length += 13) lengths.add(length)
    for (const length of lengths) {
      await expect(open(sealed.slice(0, length))).rejects.toThrow(unreadable)
      if (length > 0) await expect(open(sealed.slice(length))).rejects.toThrow(unreadable)
    }
  })

  it('with any one character altered', async () => {
    for (let position = 0; position < sealed.length; position++) {
      const other = sealed[position] === 'A' ? 'B' : 'A'
      const altered = sealed.slice(0, position) + other + sealed.slice(position + 1)
      await expect(open(altered)).rejects.toThrow(unreadable)
    }
  })

  it.each([
    ['lengthened', `${sealed}AAAA`],
    ['twice', sealed + sealed],
    ['with a line break behind it', `${sealed}\n`],
    ['with padding', `${sealed}==`],
    ['a configuration in the open', JSON.stringify(compiled)],
    ['the same in base64url', encodeBase64Url(new TextEncoder().encode(JSON.stringify(compiled)))],
    ['a page', '<!doctype html><title>404</title>'],
    ['nothing', ''],
    ['endless', 'A'.repeat(MAX_SEALED_CONFIGURATION_LENGTH + 4)],
  ])('%s', async (_, unverified) => {
    await expect(open(unverified)).rejects.toThrow(unreadable)
  })

  it('sealed with another secret', async () => {
    await expect(open(await sealConfiguration(compiled, newSealer()))).rejects.toThrow(unreadable)
  })

  it.each(['login-transaction', 'login-hint', 'session-token', 'id-token', 'document'] as const)(
    'sealed by us as a %s',
    async (purpose) => {
      const unverified = await sealer.seal(purpose, '', JSON.stringify(compiled))
      await expect(open(unverified)).rejects.toThrow(unreadable)
    },
  )
})

describe('of what is genuine and does not fit, nothing is used:', () => {
  it.each([
    ['no JSON', 'sso: {enabled: true}'],
    ['null', null],
    ['a number', 12],
    ['a list', []],
    ['no connections', { ...compiled, connections: undefined }],
    ['no version', { ...compiled, version: undefined }],
    ['a version that is text', { ...compiled, version: '99999999999999' }],
    ['a version without end', JSON.stringify(compiled).replace(/"version":\d+/, '"version":1e999')],
  ])('%s', async (_, value) => {
    await expect(open(await sealAnything(value))).rejects.toMatchObject({
      code: expect.stringMatching(/^(configuration_unreadable|installation_invalid)$/),
    })
  })

  it.each([null, '99999999999999', 0.5])('under %j as its version', async (version) => {
    const unverified = await sealAnything(compiled, version)
    const opening = openConfiguration(unverified, { sealer, baseUrl, now }, () => false)
    await expect(opening).rejects.toThrow(unreadable)
  })

  it('under the version of another', async () => {
    await expect(open(await sealAnything(compiled, compiled.version + 1))).rejects.toThrow(unreadable)
  })

  it.each([0, 1, '2', 1000, undefined])('the format %j', async (format) => {
    const unverified = await sealAnything({ ...compiled, format })
    await expect(open(unverified)).rejects.toThrow(unfit(/another version/))
  })

  it('for another base URL', async () => {
    const other = { baseUrl: baseUrlOf('https://elsewhere.example.com') }
    await expect(open(sealed, other)).rejects.toThrow(unfit(/another base URL/))
    await expect(open(sealed, other)).rejects.toMatchObject({
      details: { expected: 'https://elsewhere.example.com', received: 'https://sso.example.com' },
    })
  })

  it('from the future, as far as two clocks do not explain it', async () => {
    const at = (version: number) => sealAnything({ ...compiled, version })
    expect((await open(await at(now + 5 * MINUTE))).version).toBe(now + 5 * MINUTE)
    const ahead = now + 5 * MINUTE + 1
    await expect(open(await at(ahead))).rejects.toThrow(unfit(/clock/))
    // It was accepted before: then a clock went back.
    expect((await open(await at(ahead), { now: Number.POSITIVE_INFINITY })).version).toBe(ahead)
  })
})
