import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      'packages/*/vitest.config.ts',
      'packages/core/vitest.workerd.config.ts',
      'apps/login/vitest.config.ts',
      'apps/worker/vitest.config.ts',
      'apps/worker/vitest.isolates.config.ts',
      'examples/node/vitest.config.ts',
    ],
  },
})
