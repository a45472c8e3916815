import { builtinModules } from 'node:module'
import type { Plugin } from 'esbuild'

const NAMESPACE = 'node'

/**
 * For packages made for Node: their `require('crypto')` and `import 'crypto'` become imports of `node:crypto`, which is
 * the only form that workerd has, with the flag nodejs_compat.
 */
export const nodeModules: Plugin = {
  name: 'node-modules',
  setup(build) {
    const filter = new RegExp(
      `^(node:)?(${builtinModules.map((name) => name.replaceAll('/', '\\/')).join('|')})$`,
    )
    build.onResolve({ filter }, ({ path, kind }) => {
      const name = path.startsWith('node:') ? path : `node:${path}`
      return kind === 'require-call' ? { path: name, namespace: NAMESPACE } : { path: name, external: true }
    })
    build.onLoad({ filter: /./, namespace: NAMESPACE }, ({ path }) => ({
      contents: `import found from ${JSON.stringify(path)}; module.exports = found`,
      loader: 'js',
    }))
  },
}
