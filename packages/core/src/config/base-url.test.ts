import { describe, expect, it } from 'vitest'
import { baseUrlOf } from '../../test/configured.ts'
import { isLoopback, mayCall, parseBaseUrl } from './base-url.ts'

describe('parseBaseUrl', () => {
  it.each([
    ['https://sso.example.com', 'https://sso.example.com'],
    ['https://sso.example.com/', 'https://sso.example.com'],
    ['https://SSO.Example.com', 'https://sso.example.com'],
    ['https://sso.example.com:443', 'https://sso.example.com'],
    ['https://sso.example.com:8443/', 'https://sso.example.com:8443'],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
    ['http://localhost:8080', 'http://localhost:8080'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
  ])('reads %s as %s', (text, baseUrl) => {
    expect(parseBaseUrl(text)).toEqual({ baseUrl })
  })

  it.each([
    ['', /not a URL/],
    ['sso.example.com', /not a URL/],
    ['http://sso.example.com', /must begin with https/],
    ['http://localhost.example.com', /must begin with https/],
    ['http://127.0.0.1.example.com', /must begin with https/],
    ['http://10.0.0.1', /must begin with https/],
    ['ftp://localhost', /must begin with https/],
    ['javascript:alert(1)', /must begin with https/],
    ['https://user@sso.example.com', /user name or a password/],
    ['https://:pass@sso.example.com', /user name or a password/],
    ['https://sso.example.com/login', /without a path/],
    ['https://sso.example.com//', /without a path/],
    ['https://sso.example.com/?a=1', /without a path/],
    ['https://sso.example.com/#a', /without a path/],
  ])('refuses %j and says why', (text, problem) => {
    expect(parseBaseUrl(text)).toEqual({ problem: expect.stringMatching(problem) })
  })
})

it.each([
  ['localhost', true],
  ['127.0.0.1', true],
  ['127.255.0.9', true],
  ['[::1]', true],
  ['localhost.example.com', false],
  ['127.0.0.1.example.com', false],
  ['10.0.0.1', false],
  ['0.0.0.0', false],
  ['', false],
])('isLoopback(%j) is %s', (hostname, loopback) => {
  expect(isLoopback(hostname)).toBe(loopback)
})

it.each([
  ['https://idp.example', 'https://sso.example.com', true],
  ['https://idp.example', 'http://localhost:8080', true],
  ['http://127.0.0.1:9000', 'http://localhost:8080', true],
  ['http://127.0.0.1:9000', 'https://localhost', true],
  ['http://127.0.0.1:9000', 'https://sso.example.com', false],
  ['http://idp.example', 'http://localhost:8080', false],
  ['http://169.254.169.254', 'http://localhost:8080', false],
  ['file:///etc/passwd', 'http://localhost:8080', false],
  ['data:text/plain,x', 'https://sso.example.com', false],
])('mayCall(%s) from %s is %s', (url, from, allowed) => {
  expect(mayCall(new URL(url), baseUrlOf(from))).toBe(allowed)
})
