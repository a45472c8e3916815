import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    name: 'example',
    include: ['test/**/*.test.ts'],
    // Each starts processes of its own, of hosts that compile what they run.
    testTimeout: 60_000,
    hookTimeout: 30_000,
  },
})
