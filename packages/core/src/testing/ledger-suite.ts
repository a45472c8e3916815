import { type ClaimKeys, type Ledger, MAX_CLAIM_LIFETIME } from '../ports/ledger.ts'
import { check, type Harness, MINUTE, type PortCase, storageCase, unique } from './port-case.ts'

/** How many characters a key may have, and a scope. */
const LONGEST = 512

const longKey = (last: string): string => last.padStart(LONGEST, 'x')

/** The promises of {@link Ledger}. */
export const ledgerSuite: readonly PortCase<Harness<Ledger>>[] = [
  storageCase('gives a key to the first claim and refuses the second', async ({ port, clock }) => {
    const [scope, until] = [unique('scope'), clock.now() + MINUTE]
    check((await port.claim(scope, ['key'], until)) === true, 'the first claim wins')
    check((await port.claim(scope, ['key'], until)) === false, 'the second claim loses')
    check((await port.claim(scope, ['other'], until)) === true, 'another key is free')
    check((await port.claim(unique('scope'), ['key'], until)) === true, 'scopes do not meet')
  }),

  storageCase('lets exactly one of a hundred claims at once win', async ({ port, clock }) => {
    const scope = unique('race')
    const claims = await Promise.all(
      Array.from({ length: 100 }, () => port.claim(scope, ['key'], clock.now() + MINUTE)),
    )
    check(claims.filter(Boolean).length === 1, 'exactly one claim wins')
  }),

  storageCase('keeps apart what looks alike when scope and key are put together', async ({ port, clock }) => {
    const [scope, until] = [unique('scope'), clock.now() + MINUTE]
    for (const between of ['', ':', '/', ' ', '\0', '","']) {
      const one = await port.claim(scope, [`b${between}c`], until)
      const other = await port.claim(`${scope}${between}b`, ['c'], until)
      check(one && other, `${JSON.stringify(between)} between scope and key is no more than a character`)
    }
  }),

  storageCase('claims several keys together, all or none', async ({ port, clock }) => {
    const [scope, until] = [unique('together'), clock.now() + MINUTE]
    check((await port.claim(scope, ['request', 'assertion'], until)) === true, 'two free keys are claimed')
    check((await port.claim(scope, ['assertion'], until)) === false, 'each of them is used')
    check((await port.claim(scope, ['request'], until)) === false, 'each of them is used')
    check((await port.claim(scope, ['free', 'assertion'], until)) === false, 'a used one refuses all')
    check((await port.claim(scope, ['assertion', 'free'], until)) === false, 'in any order')
    check((await port.claim(scope, ['free'], until)) === true, 'none of a refused claim is used')
    check((await port.claim(scope, ['twice', 'twice'], until)) === true, 'a key may be named twice')
  }),

  storageCase('lets one of several claims at once win that share keys', async ({ port, clock }) => {
    const [scope, until] = [unique('overlap'), clock.now() + MINUTE]
    const rounds: ClaimKeys[] = [
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'a'],
    ]
    const claims = await Promise.all(
      Array.from({ length: 10 }, () => rounds.map((keys) => port.claim(scope, keys, until))).flat(),
    )
    check(claims.filter(Boolean).length === 1, 'any two share a key, so exactly one wins')
    const singles = await Promise.all(['a', 'b', 'c'].map((key) => port.claim(scope, [key], until)))
    check(singles.filter(Boolean).length === 1, 'the key that the winner did not name is free')
  }),

  storageCase('keeps a claim until it expires', async ({ port, clock }) => {
    const scope = unique('kept')
    await port.claim(scope, ['key'], clock.now() + 10 * MINUTE)
    clock.advance(10 * MINUTE - 1)
    check(
      (await port.claim(scope, ['key'], clock.now() + MINUTE)) === false,
      'a claim is kept until expiresAt',
    )
  }),

  storageCase('keeps a claim over a restart', async ({ port, clock, open }) => {
    const [scope, until] = [unique('restart'), clock.now() + MINUTE]
    await port.claim(scope, ['key'], until)
    const restarted = await open()
    check((await restarted.claim(scope, ['key'], until)) === false, 'a claim survives a restart')
    check((await restarted.claim(scope, ['other'], until)) === true, 'what was not claimed is free')
  }),

  storageCase('removes what has expired, and nothing else', async ({ port, clock, purge }) => {
    const scope = unique('purge')
    await port.claim(scope, ['short'], clock.now() + MINUTE)
    await port.claim(scope, ['long'], clock.now() + MAX_CLAIM_LIFETIME)
    check((await purge()) === 2, 'nothing is removed early')
    clock.advance(MINUTE)
    check((await purge()) === 1, 'what has expired is removed')
    clock.advance(MAX_CLAIM_LIFETIME - MINUTE - 1)
    check((await purge()) === 1, 'the rest is kept to the last millisecond')
    check((await port.claim(scope, ['long'], clock.now() + MINUTE)) === false, 'and counts')
    clock.advance(1)
    check((await purge()) === 0, 'nothing is left in the end')
  }),

  storageCase('tells keys apart to the letter', async ({ port, clock }) => {
    const [scope, until] = [unique('Letters'), clock.now() + MINUTE]
    const keys = ['Key', 'key', 'key ', ' key', 'kéy', 'ke\u0301y', 'key\0', 'key\0\0', '', "key' OR 1=1 --"]
    keys.push(longKey('a'), longKey('b'))
    for (const key of keys)
      check((await port.claim(scope, [key], until)) === true, `${JSON.stringify(key)} is free`)
    for (const key of keys)
      check((await port.claim(scope, [key], until)) === false, `${JSON.stringify(key)} is used`)
    check((await port.claim(scope.toLowerCase(), ['Key'], until)) === true, 'case matters in a scope too')
  }),

  storageCase(
    'keeps nothing for longer than a day, nothing that has expired, and nothing too large',
    async ({ port, clock }) => {
      const [scope, day] = [unique('limits'), clock.now() + MAX_CLAIM_LIFETIME]
      const eight = [...'12345678'].map(longKey) as [string, ...string[]]
      const refused: [string, ClaimKeys, number][] = [
        [scope, ['key'], day + 1],
        [scope, ['key'], Number.POSITIVE_INFINITY],
        [scope, ['key'], Number.NaN],
        [scope, ['key'], clock.now()],
        [scope, ['key', `${longKey('a')}x`], day],
        [scope, ['key', ...eight], day],
        [scope, [] as unknown as ClaimKeys, day],
        [scope.padEnd(LONGEST + 1, 'x'), ['key'], day],
      ]
      for (const [where, keys, until] of refused) {
        const outcome = await port.claim(where, keys, until).then(String, () => 'refused')
        const what = `a claim of ${keys.length} keys in a scope of ${where.length} characters until ${until}`
        check(outcome === 'refused', `${what} is refused`)
      }
      check((await port.claim(scope, ['key'], day)) === true, 'a refused claim uses nothing')
      const longScope = scope.padEnd(LONGEST, 'x')
      const largest = await port.claim(longScope, eight, day).then(String, () => 'refused')
      check(largest === 'true', 'the largest claim there may be is taken')
      check((await port.claim(longScope, [eight[7] ?? ''], day)) === false, 'with each of its keys')
    },
  ),
]
