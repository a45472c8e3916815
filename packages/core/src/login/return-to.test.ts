import { describe, expect, it } from 'vitest'
import { baseUrl, baseUrlOf } from '../../test/configured.ts'
import { SsoError } from '../errors/index.ts'
import { DEFAULT_RETURN_TO, parseReturnTo } from './return-to.ts'

function refusal(value: string, from = baseUrl): string | undefined {
  try {
    return `led to ${parseReturnTo(value, from)}`
  } catch (error) {
    return error instanceof SsoError ? error.code : String(error)
  }
}

describe('an address of ours', () => {
  it.each([
    ['/', '/'],
    ['/projects/1', '/projects/1'],
    ['/projects/?page=2&sort=name', '/projects/?page=2&sort=name'],
    ['/search?q=//evil.example', '/search?q=//evil.example'],
    ['/search?q=https://evil.example/', '/search?q=https://evil.example/'],
    ['/search?q=%2F%5C%0D%0A', '/search?q=%2F%5C%0D%0A'],
    ['/projects#fragment', '/projects'],
    ['/projects?x=1#//evil.example', '/projects?x=1'],
    ['/a/../b', '/b'],
    ['/a/./b', '/a/b'],
    ['/../../b', '/b'],
    ['/a//b', '/a//b'],
    ['/a%20b', '/a%20b'],
    ['/ünï', '/%C3%BCn%C3%AF'],
    ['/api/projects', '/api/projects'],
    ['/api/authors', '/api/authors'],
    ['/api/', '/api/'],
    ['/x/api/auth/logout', '/x/api/auth/logout'],
    ['/@evil.example', '/@evil.example'],
    ['/evil.example', '/evil.example'],
    ['/javascript:alert(1)', '/javascript:alert(1)'],
    ['https://sso.example.com/projects?x=1#y', '/projects?x=1'],
    ['https://sso.example.com/', '/'],
    [`/${'a'.repeat(1023)}`, `/${'a'.repeat(1023)}`],
  ])('%j leads to %s', (value, path) => {
    expect(parseReturnTo(value, baseUrl)).toBe(path)
  })

  it.each([undefined, ''])('%j leads to the default', (value) => {
    expect(parseReturnTo(value, baseUrl)).toBe(DEFAULT_RETURN_TO)
  })

  it('may have the port of the base URL', () => {
    expect(parseReturnTo('http://localhost:8080/x', baseUrlOf('http://localhost:8080'))).toBe('/x')
  })
})

describe('an address of somebody else', () => {
  it.each([
    'https://evil.example',
    'https://evil.example/',
    'HTTPS://evil.example/',
    '//evil.example',
    '///evil.example',
    '////evil.example',
    '//evil.example/..',
    '//sso.example.com/projects',
    '/\\evil.example',
    '\\\\evil.example',
    '\\/\\/evil.example',
    '\\/evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/\r\n/evil.example',
    '\t//evil.example',
    ' //evil.example',
    '\u00a0//evil.example',
    '/ /evil.example',
    '/\u2028/evil.example',
    '/\0/evil.example',
    '/\u0085/evil.example',
    '/..//evil.example',
    '/.//evil.example',
    '/a/..//evil.example',
    '/%2e%2e//evil.example',
    '/%2E//evil.example',
    '/%2f/evil.example',
    '/%2Fevil.example',
    '/%2f%2fevil.example',
    '/%5cevil.example',
    '/%5C%5Cevil.example',
    '/%2e%2f%2fevil.example',
    'https:evil.example',
    'https:/evil.example',
    'https:///evil.example',
    'https:\\\\evil.example',
    'https://sso.example.com@evil.example/',
    'https://sso.example.com:x@evil.example/',
    'https://sso.example.com\\@evil.example/',
    'https://sso.example.com.evil.example/',
    'https://evil.example/https://sso.example.com/',
    'https://evil.example#https://sso.example.com/',
    'https://sso.example.com%2eevil.example/',
    'https://sso.example.com%00.evil.example/',
    'https://sso.example.comevil.example/',
    'https://user@sso.example.com/',
    'https://user:pass@sso.example.com/',
    'http://sso.example.com/',
    'https://sso.example.com:8443/',
    'https://sso.example.com:80/',
    'ftp://sso.example.com/',
    'javascript:alert(1)',
    'javascript://sso.example.com/%0aalert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'blob:https://sso.example.com/x',
    'file:///etc/passwd',
    'view-source:https://sso.example.com/',
    'about:blank',
  ])('%j is refused', (value) => {
    expect(refusal(value)).toBe('return_to_refused')
  })
})

describe('an address of our login', () => {
  it.each([
    '/api/auth',
    '/api/auth/',
    '/api/auth/logout',
    '/api/auth/oidc/acme/login/',
    '/api/auth?x=1',
    '/api/auth#x',
    '/API/auth/logout',
    '/Api/Auth',
    '/./api/auth/',
    '/a/../api/auth/',
    '/api/./auth/',
    '/api/x/../auth/',
    '/api/%2e/auth/',
    '/api//auth/',
    '/%61pi/auth/x',
    '/api/%61uth/x',
    '/%41PI/auth/x',
    '/api%2fauth%2flogout',
    '/api/auth%2flogout',
    '/api%5cauth%5clogout',
    '/a/..%2fapi/auth/logout',
    '/a/%2e%2e%2fapi/auth/logout',
    '/.%2fapi/auth/logout',
    '/api/x%2f..%2fauth/logout',
    '/api/auth/..;/',
    '/api/auth;x=1/logout',
    'https://sso.example.com/api/auth/logout',
  ])('%j is refused: it would be a loop', (value) => {
    expect(refusal(value)).toBe('return_to_refused')
  })
})

describe('an address that is read in two ways', () => {
  it.each([
    'projects',
    './projects',
    '../projects',
    '?x=1',
    '#x',
    '/projects ',
    ' /projects',
    '/projects\n',
    '/pro\tjects',
    '/pro\u00a0jects',
    '/pro\\jects',
    '/search?q=\\',
    '/search?q=\0',
    '/%',
    '/%zz',
    '/%ff',
    '/%c0%af',
  ])('%j is refused', (value) => {
    expect(refusal(value)).toBe('return_to_refused')
  })

  it.each([
    ['/\uff0fevil.example', '/%EF%BC%8Fevil.example'],
    ['/\u2044evil.example', '/%E2%81%84evil.example'],
    ['/\u2215\u2215evil.example', '/%E2%88%95%E2%88%95evil.example'],
    ['/\u29f5evil.example', '/%E2%A7%B5evil.example'],
    ['/\uff3cevil.example', '/%EF%BC%BCevil.example'],
  ])('%j has a slash of another script, which is a letter like any other', (value, path) => {
    expect(parseReturnTo(value, baseUrl)).toBe(path)
  })
})

it('refuses 1025 characters', () => {
  expect(refusal(`/${'a'.repeat(1024)}`)).toBe('return_to_refused')
})

it('refuses what is longer than 1024 characters once it is encoded, because a cookie has to hold it', () => {
  expect(refusal(`/${'ü'.repeat(171)}`)).toBe('return_to_refused')
  expect(parseReturnTo(`/${'ü'.repeat(170)}`, baseUrl)).toHaveLength(1021)
})

it('says nothing about the address in the error', () => {
  expect(() => parseReturnTo('https://evil.example', baseUrl)).toThrow(
    expect.not.objectContaining({ message: expect.stringContaining('evil') }),
  )
})
