import type { Bench, Goal } from '../../bench.ts'
import { DOORWARD, LIBXMLSEC1, NODE_SAML, SIZES, type Size } from './names.ts'

/** What it costs to validate a SAML response, from the form field to the claims. */
export const samlBench: Bench = {
  name: 'saml',
  title: 'validating a SAML response of 6, 10, 53 and 480 KB: RSA-2048, SHA-256, signed assertion',
  contestants: import.meta.resolve('./contestants.ts'),
  contestantsInNode: import.meta.resolve('./contestants-in-node.ts'),
  needsNodejsCompat: true,
  measuresHeap: true,
  goals: [
    ...(['10 KB', '53 KB'] as const).map(fasterThanNodeSaml),
    ofTheFloor('10 KB', 4, 2),
    ofTheFloor('53 KB', 6, 3),
    ofTheFloor('480 KB', 7, 3),
    {
      contestant: DOORWARD,
      input: '480 KB',
      runtime: 'workerd',
      figure: 'time per byte',
      against: { contestant: DOORWARD, input: '53 KB' },
      bar: 1.3,
      aim: 1,
    },
    ...SIZES.map(fasterThanC),
    ...(['10 KB', '53 KB'] as const).map(lessHeapThanNodeSaml),
  ],
}

function fasterThanNodeSaml(input: Size): Goal {
  return {
    contestant: DOORWARD,
    input,
    runtime: 'workerd',
    against: { contestant: NODE_SAML },
    sense: 'times less',
    bar: 40,
    aim: 100,
  }
}

function ofTheFloor(input: Size, bar: number, aim: number): Goal {
  return { contestant: DOORWARD, input, runtime: 'workerd', bar, aim }
}

/** It only verifies, which is less than we do. */
function fasterThanC(input: Size): Goal {
  return {
    contestant: DOORWARD,
    input,
    runtime: 'node',
    against: { contestant: LIBXMLSEC1 },
    sense: 'times less',
    bar: 1,
    aim: 3,
  }
}

function lessHeapThanNodeSaml(input: Size): Goal {
  return {
    contestant: DOORWARD,
    input,
    runtime: 'node',
    figure: 'heap',
    against: { contestant: NODE_SAML },
    sense: 'times less',
    bar: 30,
    aim: 100,
  }
}
