import { afterAll, beforeAll, expect, it } from 'vitest'
import { createIsolates, ordinary } from './isolates.ts'
import { NAMES } from './names.ts'
import { createPerson } from './person.ts'

const isolates = createIsolates({ a: ordinary, b: ordinary, c: ordinary })

beforeAll(() => isolates.start())
afterAll(() => isolates.end())

const visit = { sub: 'ann', sid: 'session-1' }

it('completes a login on another isolate than the one that began it', async () => {
  const person = createPerson()
  const callback = await person.begin(isolates.of('a'), visit)
  expect(await person.complete(isolates.of('b'), callback)).toBe('signed in')
  for (const name of NAMES) expect(await person.session(isolates.of(name))).toBe(200)
})

it('gives one session for an answer that arrives everywhere at once', async () => {
  const person = createPerson()
  const callback = await person.begin(isolates.of('a'), visit)
  const contenders = [...NAMES, ...NAMES, ...NAMES, ...NAMES].map((name) => ({ name, person: person.copy() }))
  const outcomes = await Promise.all(
    contenders.map((contender) => contender.person.complete(isolates.of(contender.name), callback)),
  )
  expect(outcomes.toSorted()).toEqual([...Array(11).fill('login_failed'), 'signed in'])
  const signedIn = contenders.filter((contender) => contender.person.token() !== '')
  expect(signedIn).toHaveLength(1)
  expect(await signedIn[0]?.person.session(isolates.of('c'))).toBe(200)
})

it('takes no answer a second time, keeps who is signed in and lets nobody back in, after a kill and a start', async () => {
  const [staying, leaving] = [createPerson(), createPerson()]
  const callback = await staying.begin(isolates.of('a'), visit)
  const again = staying.copy()
  expect(await staying.complete(isolates.of('b'), callback)).toBe('signed in')
  expect(await leaving.logIn(isolates.of('b'), visit)).toBe('signed in')
  const left = leaving.copy()
  await leaving.signOut(isolates.of('c'))

  await isolates.kill()
  await isolates.start()

  expect(await again.complete(isolates.of('c'), callback)).toBe('login_failed')
  expect(await staying.session(isolates.of('a'))).toBe(200)
  expect(await left.session(isolates.of('a'))).toBe(401)
})
