import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  // Runes in *.svelte.ts are compiled, not run as they are.
  plugins: [svelte()],
  test: { name: 'login', environment: 'node', include: ['src/**/*.test.ts'] },
})
