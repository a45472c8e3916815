import { defineConfig } from 'vitest/config'

// What we write and read, as programs by others see it.
export default defineConfig({
  test: {
    name: 'core-oracles',
    include: ['test/oracles/**/*.test.ts'],
    // Programs have to be started, on machines that may do something else besides.
    testTimeout: 30_000,
  },
})
