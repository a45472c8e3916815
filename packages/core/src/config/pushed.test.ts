import { describe, expect, it } from 'vitest'
import { baseUrl, baseUrlOf, parseOptionsWith } from '../../test/configured.ts'
import { encodeBase64Url } from '../encoding/base64url.ts'
import { randomId } from '../encoding/random.ts'
import { createSealer, MAX_SEALED_CONFIGURATION_LENGTH } from '../encoding/seal.ts'
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

/** Seals anything at all, as only somebody with the secret can. */
function sealAnything(value: unknown): Promise<string> {
  return sealer.seal('configuration', '', typeof value === 'string' ? value : JSON.stringify(value))
}

const unreadable = expect.objectContaining({ code: 'configuration_unreadable' })
const unfit = (message: RegExp) =>
  expect.objectContaining({ code: 'installation_invalid', message: expect.stringMatching(message) })

describe('a pushed configuration', () => {
  it('comes out as it was compiled', async () => {
    expect(await open(sealed)).toEqual(compiled)
  })

  it('shows nothing of what is in it', () => {
    expect(sealed).toMatch(/^[\w-]+$/)
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

describe('of what is not genuine, nothing is used:', () => {
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
    await expect(open(await at(now + 5 * MINUTE + 1))).rejects.toThrow(unfit(/clock/))
  })
})
