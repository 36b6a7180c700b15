import { expect, test } from 'vitest'
import { quietIo } from '../../kit/testing/quiet-io.ts'
import { run } from '../main.ts'

test.each([
  ['run', []],
  ['capacity', ['--slo', 'response-p99 < 20ms', '--to', '100']],
])('%s cannot use a basin of a server that it starts itself', async (command, args) => {
  let err = ''
  const io = {
    ...quietIo,
    err: (text: string) => {
      err += text
    },
  }
  // It is found out before the file is, which cannot be written.
  const code = await run([command, ...args, '--basin', 'x', '--json', '/no/such/folder/x.json'], io)
  expect({ code, err }).toEqual({
    code: 2,
    err: 's2-load: --basin uses a basin that is there: say with --endpoint or --launch on which server\n',
  })
})
