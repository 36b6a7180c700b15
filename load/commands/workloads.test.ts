import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { quietIo } from '../../kit/testing/quiet-io.ts'
import { blocksIn, textOf } from '../../test/markdown.ts'
import { run } from '../main.ts'
import { BUILT_IN } from '../workload/built-in.ts'
import { parseWorkload } from '../workload/parse.ts'

async function say(...argv: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []]
  const io = {
    ...quietIo,
    out: (text: string) => void out.push(text),
    err: (text: string) => void err.push(text),
  }
  const code = await run(['workloads', ...argv], io)
  return { code, out: out.join(''), err: err.join('') }
}

test.each(BUILT_IN)('what is printed of $name is that workload, as a file', async ({ name, fields }) => {
  const { code, out } = await say(name)
  expect(code).toBe(0)
  expect(parseWorkload(parse(out), 'mine.yaml')).toEqual(parseWorkload(fields, name))
})

test('of one that is not there the names of those that are', async () => {
  expect(await say('nope')).toMatchObject({ code: 2, out: '', err: expect.stringContaining('throughput') })
  expect((await say('throughput', 'unary')).code).toBe(2)
})

test('the file that the manual shows is a workload', () => {
  const [shown = '', ...more] = blocksIn(textOf('docs/load.md'), 'yaml').filter(
    (text) => !text.includes('jobs:'),
  )
  expect(more).toEqual([])
  expect(parseWorkload(parse(shown), 'mine')).toMatchObject({ streams: 10, tail: { readers: 2 } })
})
