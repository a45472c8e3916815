import { defineConfig } from 'vite'

/** What is published: one program and its parts, with everything it needs inside. */
export default defineConfig({
  build: {
    ssr: 'bin/doorward.mjs',
    target: 'node22',
    rolldownOptions: { output: { entryFileNames: 'doorward.mjs', chunkFileNames: '[name].mjs' } },
  },
  ssr: { noExternal: true },
  logLevel: 'warn',
})
