import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

// The same tests once more, where the core ships. YAML is read on hosts that have files only.
export default defineConfig({
  plugins: [cloudflareTest({ miniflare: { compatibilityDate: '2026-08-01' } })],
  test: {
    name: 'core-workerd',
    include: ['src/**/*.test.ts'],
    exclude: ['src/config/yaml.test.ts'],
  },
})
