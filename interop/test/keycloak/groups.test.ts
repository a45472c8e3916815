import { expect, it } from 'vitest'
import { arriveSignedIn, useBrowser } from '../person.ts'
import { keycloak, signIn } from './sign-in.ts'

const open = useBrowser(keycloak)

it.each([
  ['with full paths', 'group-paths', ['/engineering', '/management/leads']],
  [
    'with and without, by two mappers',
    'group-both',
    ['/engineering', '/management/leads', 'engineering', 'leads'],
  ],
  ['that are roles of the realm', 'roles', ['annotator', 'reviewer']],
])('Keycloak tells groups %s: to the letter', async (_, id, groups) => {
  const { context, page } = await open()
  await signIn(page, id)
  expect((await arriveSignedIn(page)).groups).toEqual(expect.arrayContaining(groups))
  await context.close()
})
