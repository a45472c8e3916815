import { beforeAll, describe, expect, it } from 'vitest'
import { validateResponse } from '../../src/saml/response.ts'
import { createFuzzer, type Fuzzer } from '../fuzz/fuzzer.ts'
import { createSeeds, type Seeds } from '../fuzz/seeds.ts'
import type { Subject } from '../fuzz/targets.ts'

// What `pnpm fuzz` does for half an hour, for seconds: does it work, and would it find what it is there to find?

let seeds: Seeds
beforeAll(async () => {
  seeds = await createSeeds()
}, 60_000)

/** Fuzzes until something is found, for so many steps at most; what is planted, with fewer seeds. */
async function fuzz(steps: number, subject?: Subject): Promise<Fuzzer> {
  const few = seeds.seeds.filter(({ target }, index) => !/response|xml/.test(target) || index % 10 === 0)
  const some = subject ? few : seeds.seeds
  const fuzzer = createFuzzer({ seeds: { ...seeds, seeds: some }, seed: 1, ...(subject && { subject }) })
  await fuzzer.begin()
  for (let step = 0; step < steps && fuzzer.findings.length === 0; step++) await fuzzer.step()
  fuzzer.end()
  return fuzzer
}

function kindsOf({ findings }: Fuzzer): Set<string> {
  return new Set(findings.map(({ kind }) => kind))
}

describe('the fuzzer', () => {
  it('finds nothing', async () => {
    const { findings, progress } = await fuzz(2000)
    expect(findings).toEqual([])
    const { logins, compared, reasons } = progress()
    expect(logins).toBeGreaterThan(100)
    expect(reasons).toBeGreaterThan(100)
    expect(compared.documents).toBeGreaterThan(50)
    expect(compared.signatures).toBeGreaterThan(5)
  }, 120_000)

  it('finds a reader that reads something else than what was signed', async () => {
    const subject: Subject = {
      async validateResponse(unverifiedXml, expected) {
        const validated = await validateResponse(unverifiedXml, expected)
        const { nameId } = validated.assertion
        const [, said = nameId.value] =
          /NameID[^>]*>([^<&]+)</.exec(new TextDecoder().decode(unverifiedXml)) ?? []
        return {
          ...validated,
          assertion: { ...validated.assertion, nameId: { ...nameId, value: said.trim() } },
        }
      },
    }
    expect(kindsOf(await fuzz(0, subject))).toEqual(new Set())
    expect(kindsOf(await fuzz(20_000, subject))).toEqual(new Set(['forgery']))
  }, 120_000)

  it('finds an exception that is no refusal', async () => {
    const subject: Subject = {
      validateResponse(unverifiedXml, expected) {
        if (new TextDecoder().decode(unverifiedXml).includes('=""')) throw new TypeError('an accident')
        return validateResponse(unverifiedXml, expected)
      },
    }
    expect(kindsOf(await fuzz(20_000, subject))).toEqual(new Set(['crash']))
  }, 120_000)

  it('finds what takes too long', async () => {
    const subject: Subject = {
      async validateResponse(unverifiedXml, expected) {
        const validated = await validateResponse(unverifiedXml, expected)
        // By the processor's time, which is what counts on a machine that does other things too.
        const before = process.cpuUsage()
        while (unverifiedXml.includes(0x0a) && process.cpuUsage(before).user < 200_000);
        return validated
      },
    }
    expect(kindsOf(await fuzz(0, subject))).toEqual(new Set(['slow']))
  }, 120_000)
})
