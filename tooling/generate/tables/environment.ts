import { clearMlKeys } from '../../../packages/core/src/config/environment/clearml.ts'
import { readForm } from '../../../packages/core/src/config/environment/read.ts'
import { wandbKeys } from '../../../packages/core/src/config/environment/wandb.ts'
import { code, table } from './table.ts'

/** What ClearML's variables end in, and the keys that they are here. */
export function clearMlTable(): string {
  const rows = Object.entries(clearMlKeys).map(([ending, path]) => [code(ending), code(path.join('.'))])
  return table(['ending', 'key'], [...rows, ...readByHand()])
}

/** These mean more than another name of a key. Whether they still mean anything is asked. */
function readByHand(): string[][] {
  const rows = [
    ['groups__admins', 'a rule of `authorization.mapping` for each group, with `root_role: admin`'],
    ['groups__prohibit_user_signup_if_not_in_group', 'refused while it is `true`'],
  ]
  return rows.map(([ending = '', meaning = '']) => {
    const variable = `CLEARML__secure__login__sso__oauth_client__x__${ending}`
    if (readForm({ [variable]: 'false' })?.issues.length !== 0)
      throw new Error(`${ending} means nothing any more`)
    return [code(ending), meaning]
  })
}

/** W&B's variables, and the keys that they are here. */
export function wandbTable(): string {
  const rows = Object.entries(wandbKeys).map(([variable, key]) => [code(variable), code(key)])
  return table(['variable', 'key'], rows)
}
