import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig, type Plugin } from 'vite'

/**
 * `/` and `/login` are both this page, and both must be static assets: a request that matches a file is
 * answered without starting the worker, so the page shows even while the worker is busy or over its limit.
 */
function alsoAsLogin(): Plugin {
  return {
    name: 'also-as-login',
    // After Vite's own HTML plugin, which writes index.html into the bundle.
    enforce: 'post',
    generateBundle(_options, bundle) {
      const page = bundle['index.html']
      if (page?.type !== 'asset') throw new Error('index.html is not in the bundle')
      this.emitFile({ type: 'asset', fileName: 'login.html', source: page.source })
    },
  }
}

export default defineConfig({
  plugins: [svelte(), alsoAsLogin()],
  build: {
    // Either would write a script or a data: URL into the page, which the Content-Security-Policy refuses.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
})
