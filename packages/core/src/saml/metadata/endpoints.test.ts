import { describe, expect, it } from 'vitest'
import { baseUrlOf } from '../../../test/configured.ts'
import { metadataWith, SIGN_ON, service } from '../../../test/idp-metadata.ts'
import { faultOf, read, readWithSkipped } from '../../../test/read-metadata.ts'

describe('the addresses', () => {
  const signOn = (location: string, binding = 'HTTP-Redirect', more = '') =>
    service('SingleSignOnService', binding, location, more)
  const logout = (location: string, more = '') =>
    service('SingleLogoutService', 'HTTP-Redirect', location, more)
  const ours = signOn(SIGN_ON)

  it('are kept to the letter', () => {
    const location = 'https://IDP.example:443/a/../sso?x=%41&amp;y=ü'
    expect(read(metadataWith({ services: signOn(location) })).singleSignOn[0]?.location).toBe(
      location.replace('&amp;', '&'),
    )
  })

  it.each([
    'http://idp.example/sso',
    'http://127.0.0.1/sso',
    'javascript:alert(1)',
    'JavaScript:alert(1)//https://idp.example',
    'data:text/html,x',
    'https:idp.example/sso',
    '//idp.example/sso',
    '/sso',
    'https://',
    'https://idp.example/a b',
    'https://idp.example/&#9;x',
    'https://idp.\u200Bexample/sso',
    'https:\\\\idp.example\\sso',
    'https://user@idp.example/sso',
    'https://user:password@idp.example/sso',
    'https://:password@idp.example/sso',
    'https://idp.example/sso#part',
    `https://idp.example/${'a'.repeat(2048)}`,
    '',
  ])('%j is none to send people to', (location) => {
    expect(faultOf(metadataWith({ services: signOn(location) }))).toBe('no_sign_on')
    const services = signOn(location) + ours + logout(location) + logout(SIGN_ON)
    const { metadata, skipped } = readWithSkipped(metadataWith({ services }))
    expect(metadata.singleSignOn).toEqual([
      { binding: 'redirect', location: SIGN_ON, responseLocation: undefined },
    ])
    expect(metadata.singleLogout).toEqual(metadata.singleSignOn)
    expect(skipped).toEqual([
      { kind: 'endpoint', service: 'SingleSignOnService', binding: 'redirect' },
      { kind: 'endpoint', service: 'SingleLogoutService', binding: 'redirect' },
    ])
  })

  it('may have 2048 characters', () => {
    const location = 'https://idp.example/'.padEnd(2048, 'a')
    expect(read(metadataWith({ services: signOn(location) })).singleSignOn).toMatchObject([{ location }])
  })

  it('of answers have to be good too', () => {
    const services =
      ours +
      logout(SIGN_ON, ' ResponseLocation="javascript:0"') +
      logout(SIGN_ON, ' ResponseLocation="https://idp.example/answers"')
    expect(read(metadataWith({ services })).singleLogout).toEqual([
      { binding: 'redirect', location: SIGN_ON, responseLocation: 'https://idp.example/answers' },
    ])
  })

  it('of answers mean nothing for sign-on', () => {
    const services = signOn(SIGN_ON, 'HTTP-POST', ' ResponseLocation="javascript:0"')
    expect(read(metadataWith({ services })).singleSignOn).toEqual([
      { binding: 'post', location: SIGN_ON, responseLocation: undefined },
    ])
  })

  it('of this machine are good while we are on it ourselves', () => {
    const xml = metadataWith({ services: signOn('http://127.0.0.1:9000/sso') })
    expect(faultOf(xml)).toBe('no_sign_on')
    expect(faultOf(xml, { baseUrl: baseUrlOf('http://localhost:8787') })).toBe('nothing')
  })

  it('are by redirect or post, the first of each', () => {
    const services = [
      signOn('https://idp.example/soap', 'SOAP'),
      signOn('https://idp.example/artifact', 'HTTP-Artifact'),
      signOn('https://idp.example/simple', 'HTTP-POST-SimpleSign'),
      signOn('https://idp.example/1', 'HTTP-POST'),
      signOn('https://idp.example/2', 'HTTP-Redirect'),
      signOn('https://idp.example/3', 'HTTP-POST'),
    ].join('')
    expect(read(metadataWith({ services })).singleSignOn.map(({ location }) => location)).toEqual([
      'https://idp.example/1',
      'https://idp.example/2',
    ])
    expect(faultOf(metadataWith({ services: signOn('https://idp.example/soap', 'SOAP') }))).toBe('no_sign_on')
  })
})
