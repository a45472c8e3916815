import { expect, it } from 'vitest'
import { nearest } from './nearest.ts'

const keys = ['client_id', 'client_secret', 'server_url', 'selection_mode', 'enabled']

it.each([
  ['client_secret', 'client_secret'],
  ['client_secert', 'client_secret'],
  ['client-secret', 'client_secret'],
  ['clientsecret', 'client_secret'],
  ['ServerURL', 'server_url'],
  ['enable', 'enabled'],
  ['SELECTION_MODE', 'selection_mode'],
])('takes %j for %j', (text, meant) => {
  expect(nearest(text, keys)).toBe(meant)
})

it.each([['metadata_url_of_the_provider'], ['xyz'], [''], ['scope']])('has no idea what %j is', (text) => {
  expect(nearest(text, keys)).toBeUndefined()
})

it('counts two letters that changed places once', () => {
  expect(nearest('azuer', ['azure'])).toBe('azure')
  expect(nearest('zaure', ['azure'])).toBe('azure')
  expect(nearest('zaeru', ['azure'])).toBeUndefined()
})

it('prefers the closest', () => {
  expect(nearest('client_ix', ['client_ab', 'client_id'])).toBe('client_id')
})

it('has nothing to say without candidates', () => {
  expect(nearest('enabled', [])).toBeUndefined()
})

it('does not work on and on for a long text', () => {
  expect(nearest('x'.repeat(1_000_000), keys)).toBeUndefined()
})

it('does not measure what is much longer or shorter', () => {
  const began = performance.now()
  for (let run = 0; run < 20_000; run++) nearest(`${'x'.repeat(60)}${run}`, keys)
  expect(performance.now() - began).toBeLessThan(500)
})
