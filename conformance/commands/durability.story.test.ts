import { expect, test } from 'vitest'
import { play } from '../testing/play.ts'

test.each([
  [
    ['--endpoint', 'http://127.0.0.1:1'],
    'durability needs a server that it can kill: say how to start it with --launch or --container',
  ],
  [['--kills', '0'], '--kills is a whole number from 1 to 10000, not "0"'],
  [
    ['--container', 'image', '--launch', 'x {port}'],
    '--container, --launch and --endpoint exclude each other',
  ],
  [['--container', 'image'], '--container needs {port} among the arguments of its image'],
])('%j is a mistake', async (args, sentence) => {
  expect(await play(['durability', ...args])).toEqual({
    code: 2,
    out: '',
    err: `s2-conformance: ${sentence}\n`,
  })
})
