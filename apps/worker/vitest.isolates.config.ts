import { defineConfig } from 'vitest/config'

// What must hold across isolates and restarts: these tests run in Node and talk to workerd over sockets.
export default defineConfig({
  test: {
    name: 'worker-isolates',
    include: ['test/isolates/**/*.test.ts'],
    globalSetup: ['test/isolates/setup.ts'],
    // Each file starts a workerd of its own and keeps it busy.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
