import { defineConfig } from 'vitest/config'

// Tests that ask programs by others. `pnpm test` sees to it that they are installed.
export default defineConfig({
  test: {
    projects: ['packages/*/vitest.oracles.config.ts'],
  },
})
