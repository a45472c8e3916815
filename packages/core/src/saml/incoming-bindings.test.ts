import { describe, expect, it } from 'vitest'
import { encodeBase64 } from '../encoding/base64.ts'
import { decodeUtf8, encodeUtf8 } from '../encoding/bytes.ts'
import { SsoError } from '../errors/index.ts'
import { deflate } from './deflate.ts'
import { querySignatureOf, readPostMessage, readRedirectMessage } from './incoming-bindings.ts'
import { MESSAGE_LIMITS } from './xml/limits.ts'

const xml = '<a>\u00e4</a>'
const base64 = encodeBase64(await deflate(encodeUtf8(xml)))
const request = `SAMLRequest=${encodeURIComponent(base64)}`

const refused = expect.objectContaining({ code: 'saml_logout_invalid' })

describe('a message in a query', () => {
  it.each([
    ['as it comes', request],
    ['with the question mark', `?${request}`],
    ['among parameters of others', `x=1&${request}&y&=z&&%53=2`],
    ['in lower case hex digits', request.replace(/%../g, (octet) => octet.toLowerCase())],
    ['with a base64 that is not encoded', `SAMLRequest=${base64.replaceAll('+', '%2B')}`],
    ['in lines', `SAMLRequest=${encodeURIComponent(base64.replace(/.{4}/g, '$&\r\n'))}`],
    [
      'with its encoding named',
      `${request}&SAMLEncoding=urn:oasis:names:tc:SAML:2.0:bindings:URL-Encoding:DEFLATE`,
    ],
  ])('is read %s', async (_, query) => {
    const read = await readRedirectMessage(query)
    expect(read).toMatchObject({ parameter: 'SAMLRequest', relayState: undefined })
    expect(decodeUtf8(read.unverifiedXml)).toBe(xml)
  })

  it('is read as a response when it is one', async () => {
    const query = request.replace('SAMLRequest', 'SAMLResponse')
    expect(await readRedirectMessage(query)).toMatchObject({ parameter: 'SAMLResponse' })
  })

  it.each([
    ['a+b%20c%2B%C3%A4', 'a b c+\u00e4'],
    ['a=b==', 'a=b=='],
    ['', ''],
  ])('comes with the RelayState %j as %j', async (written, relayState) => {
    expect(await readRedirectMessage(`${request}&RelayState=${written}`)).toMatchObject({ relayState })
  })

  it.each([
    ['nothing', ''],
    ['no message', 'RelayState=a'],
    ['an empty message', 'SAMLRequest='],
    ['a name alone', 'SAMLRequest'],
    ['a name in other letters', request.toLowerCase()],
    ['the same message twice', `${request}&${request}`],
    ['another message first', `SAMLRequest=AAAA&${request}`],
    ['a request and a response', `${request}&${request.replace('Request', 'Response')}`],
    ['a request and an empty response', `${request}&SAMLResponse`],
    ['two RelayStates', `${request}&RelayState=a&RelayState=a`],
    ['a second message whose name is encoded', `${request}&%53AMLRequest=AAAA`],
    ['a name that is encoded', request.replace('S', '%53')],
    ['a RelayState whose name is encoded', `${request}&Relay%53tate=a`],
    ['a message that is not base64', 'SAMLRequest=%21%21%21'],
    ['a message that is not compressed', `SAMLRequest=${encodeURIComponent(btoa('<a></a>'))}`],
    ['a message that is cut', request.slice(0, -8)],
    ['an encoding that is broken', `${request}&RelayState=%`],
    ['an encoding that is not UTF-8', `${request}&RelayState=%FF`],
    ['a name whose encoding is broken', `${request}&%E4=1`],
    ['another compression', `${request}&SAMLEncoding=urn:x:none`],
    ['two compressions', `${request}&SAMLEncoding=a&SAMLEncoding=a`],
  ])('is refused with %s', async (_, query) => {
    await expect(readRedirectMessage(query)).rejects.toEqual(refused)
  })

  it('is refused when it grows too large, and read when it is as large as it may be', async () => {
    const query = async (size: number) =>
      `SAMLRequest=${encodeURIComponent(encodeBase64(await deflate(new Uint8Array(size))))}`
    await expect(readRedirectMessage(await query(MESSAGE_LIMITS.bytes + 1))).rejects.toEqual(refused)
    await expect(readRedirectMessage(await query(64 * MESSAGE_LIMITS.bytes))).rejects.toEqual(refused)
    const { unverifiedXml } = await readRedirectMessage(await query(MESSAGE_LIMITS.bytes))
    expect(unverifiedXml).toHaveLength(MESSAGE_LIMITS.bytes)
  })

  it('is refused without a word of it', async () => {
    const error = await readRedirectMessage('SAMLRequest=correct-horse').catch((reason: unknown) => reason)
    if (!(error instanceof SsoError)) throw new Error('it was not refused')
    expect(JSON.stringify([error.message, error.details])).not.toContain('correct-horse')
  })
})

describe('a message in a form', () => {
  const form = (fields: readonly [string, string][]) => new URLSearchParams(fields.map((field) => [...field]))

  it.each([
    ['as it comes', btoa('<a></a>')],
    ['in lines', ' PGE+\r\nPC9h\nPg== '],
    ['without padding', 'PGE+PC9hPg'],
  ])('is read %s', (_, value) => {
    const read = readPostMessage(
      form([
        ['SAMLResponse', value],
        ['RelayState', 'R'],
        ['other', '1'],
        ['other', '2'],
      ]),
    )
    expect(decodeUtf8(read.unverifiedXml)).toBe('<a></a>')
    expect(read).toMatchObject({ parameter: 'SAMLResponse', relayState: 'R' })
  })

  it.each<[string, [string, string][]]>([
    ['nothing', []],
    ['no message', [['RelayState', 'a']]],
    [
      'a message twice',
      [
        ['SAMLRequest', 'PGEvPg=='],
        ['SAMLRequest', 'PGEvPg=='],
      ],
    ],
    [
      'a request and a response',
      [
        ['SAMLRequest', 'PGEvPg=='],
        ['SAMLResponse', 'PGEvPg=='],
      ],
    ],
    [
      'two RelayStates',
      [
        ['SAMLRequest', 'PGEvPg=='],
        ['RelayState', 'a'],
        ['RelayState', 'b'],
      ],
    ],
    ['what is not base64', [['SAMLRequest', '<a/>']]],
    ['what is base64url', [['SAMLRequest', 'PGEvPg-_']]],
  ])('is refused with %s', (_, fields) => {
    expect(() => readPostMessage(form(fields))).toThrow(refused)
  })

  it('is refused when it is too large, and read when it is as large as it may be', () => {
    const read = (size: number) =>
      readPostMessage(form([['SAMLRequest', encodeBase64(new Uint8Array(size))]])).unverifiedXml
    expect(() => read(MESSAGE_LIMITS.bytes + 1)).toThrow(refused)
    expect(read(MESSAGE_LIMITS.bytes)).toHaveLength(MESSAGE_LIMITS.bytes)
  })
})

describe('the signature of a query', () => {
  it('is over what came, in the order of the standard, and nothing else', () => {
    const query = 'Signature=AAA%3d&x=1&SigAlg=urn%3aa%2bb&RelayState=a%2fb+c%7E&SAMLRequest=PGE%2b&y=2'
    expect(querySignatureOf(query)).toEqual({
      unverifiedOctets: 'SAMLRequest=PGE%2b&RelayState=a%2fb+c%7E&SigAlg=urn%3aa%2bb',
      algorithm: 'urn:a+b',
      signature: new Uint8Array(2),
    })
  })

  it.each([
    ['without a RelayState', 'SAMLResponse=A&SigAlg=urn:a', 'SAMLResponse=A&SigAlg=urn:a'],
    [
      'with an empty RelayState',
      'SAMLResponse=A&RelayState=&SigAlg=urn:a',
      'SAMLResponse=A&RelayState=&SigAlg=urn:a',
    ],
    [
      'with equals signs that are not encoded',
      'SAMLResponse=A==&SigAlg=urn:a=',
      'SAMLResponse=A==&SigAlg=urn:a=',
    ],
  ])('is over what came %s', (_, query, signed) => {
    expect(querySignatureOf(`?${query}&Signature=AAAA`)?.unverifiedOctets).toBe(signed)
  })

  it('is not there when nothing is signed', () => {
    expect(querySignatureOf(request)).toBeUndefined()
  })

  it.each([
    ['no signature', `${request}&SigAlg=urn:a`],
    ['an empty signature', `${request}&SigAlg=urn:a&Signature=`],
    ['no algorithm', `${request}&Signature=AAAA`],
    ['an empty algorithm', `${request}&SigAlg=&Signature=AAAA`],
    ['a signature that is not base64', `${request}&SigAlg=urn:a&Signature=%21`],
    ['no message', 'SigAlg=urn:a&Signature=AAAA'],
    ['two signatures', `${request}&SigAlg=urn:a&Signature=AAAA&Signature=AAAA`],
    ['two algorithms', `${request}&SigAlg=urn:a&SigAlg=urn:b&Signature=AAAA`],
    ['two messages', `${request}&${request}&SigAlg=urn:a&Signature=AAAA`],
    ['a second algorithm whose name is encoded', `${request}&SigAlg=urn:a&Sig%41lg=urn:b&Signature=AAAA`],
  ])('is refused with %s', (_, query) => {
    expect(() => querySignatureOf(query)).toThrow(refused)
  })
})
