import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { hasSimpleSamlPhp } from './simplesamlphp/start.ts'

// What is not here can not take part; `pnpm test:interop` installs what it can, and says what did not run.
const parts = [
  'test/openid/*.test.ts',
  ...(hasSimpleSamlPhp() ? ['test/simplesamlphp/*.test.ts'] : []),
  ...(!process.env['KEYCLOAK_HOME'] ? [] : ['test/keycloak/*.test.ts']),
]

/** What mostly waits begins first, so that the others run meanwhile. */
class WaitingFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const waits = ({ moduleId }: TestSpecification): number => Number(moduleId.endsWith('/slow.test.ts'))
    return (await super.sort(files)).sort((one, other) => waits(other) - waits(one))
  }
}

export default defineConfig({
  test: {
    name: 'interop',
    include: parts,
    globalSetup: './setup/global.ts',
    testTimeout: 120_000,
    hookTimeout: 120_000,
    sequence: { sequencer: WaitingFirst },
    // For two cores, and two that wait.
    maxWorkers: 4,
  },
})
