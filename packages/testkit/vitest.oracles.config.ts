import { defineConfig } from 'vitest/config'

/** These tests ask programs that somebody else wrote: xmlsec1 and xmllint have to be installed. */
export default defineConfig({
  test: {
    name: 'testkit-oracles',
    include: ['test/oracles/**/*.test.ts'],
    testTimeout: 30_000,
  },
})
