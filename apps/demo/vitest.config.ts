import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    name: 'browser',
    include: ['test/**/*.test.ts'],
    testTimeout: 90_000,
    hookTimeout: 90_000,
    // Each file starts servers and a browser of its own; the machine has two cores.
    fileParallelism: false,
  },
})
