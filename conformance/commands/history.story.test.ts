import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Io } from '../../kit/cli/command.ts'
import { tailGoesBack } from '../../verification/suite-mutants/check-tail/tail-goes-back.ts'
import { twoWinnersOfACondition } from '../../verification/suite-mutants/conditions/two-winners-of-a-condition.ts'
import type { Defect } from '../../verification/suite-mutants/defect.ts'
import { startServer, type TestServer } from '../../verification/suite-mutants/server.ts'
import { play as typed } from '../testing/play.ts'

let healthy: TestServer
let folder: string

beforeAll(async () => {
  healthy = await startServer()
  folder = await mkdtemp(join(tmpdir(), 's2-history-test-'))
})
afterAll(async () => {
  await healthy.stop()
  await rm(folder, { recursive: true })
})

async function play(args: readonly string[], more: Partial<Io> = {}) {
  const played = await typed(args, { width: 200, cwd: folder, ...more })
  return { ...played, last: played.out.trimEnd().split('\n').at(-1) ?? '' }
}

const against = (url: string, ...more: string[]): string[] => [
  'history',
  '--endpoint',
  url,
  '--seed',
  '7',
  ...more,
]

describe('a history of a healthy server', () => {
  test.each(['regular', 'match-seq-num', 'fencing', 'trim', 'follow', 'mixed'])(
    'with the workload %s is linearizable or claims nothing, with receipts, and is read again so',
    async (workload) => {
      const file = join(folder, `${workload}.jsonl`)
      const played = await play(against(healthy.url, '--workload', workload, '--ops', '60', '--out', file))
      expect(played.out).toMatch(
        /\d+ overlaps?, .* of unknown outcome, .*\d+ cuts? in a request, \d+ cuts? in an answer/,
      )
      // Fault, overlap and late reads come by chance, and without them nothing is claimed, by the run or by who reads its
      // file again; a violation is never to be seen here.
      expect(played.last).toMatch(/^(linearizable|inconclusive: .*)$/)
      const judged = { code: played.last === 'linearizable' ? 0 : 3, last: played.last, err: '' }
      expect(played).toMatchObject(judged)
      expect(await play(['check-history', file])).toMatchObject(judged)
    },
  )

  test('that is interrupted is judged as far as it came', async () => {
    const stop = new AbortController()
    const played = await play(against(healthy.url, '--ops', '100000'), {
      interrupted: stop.signal,
      isInteractive: true,
      err: (text) => {
        if (/\d+ of 800000 operations/.test(text)) stop.abort()
      },
    })
    expect(played.out).toContain('note: the run was interrupted: this is what there was until then')
    expect([played.code, played.last]).toEqual([3, 'inconclusive: the run was interrupted'])
  })
})

describe('a server that is broken is found out', () => {
  const accused = async (defect: Defect, ...more: string[]) => {
    const server = await startServer(defect)
    try {
      return await play(against(server.url, '--ops', '150', ...more))
    } finally {
      await server.stop()
    }
  }

  test.each<[string, Defect, string, string]>([
    // Reads end at the tail, the last one of the log too: which of them is the first to be told what was before is chance.
    ['tail-goes-back', tailGoesBack, 'regular', '(stale-tail|tail-regression|stale-read|lost-append)'],
    ['two-winners-of-a-condition', twoWinnersOfACondition, 'match-seq-num', 'wrong-precondition'],
  ])('by %s', async (_name, defect, workload, anomaly) => {
    const played = await accused(defect, '--workload', workload)
    expect(played).toMatchObject({ code: 1, last: 'violated' })
    expect(played.out).toMatch(new RegExp(`^${anomaly}: `, 'm'))
    expect(played.out).toMatch(/^ {2}client \d+ .*├.*->.*/m)
    const [, file = ''] = /the history: (\S+)/.exec(played.out) ?? []
    const again = await play(['check-history', file, '--json', join(folder, 'verdict.json')])
    expect(again).toMatchObject({ code: 1, last: 'violated' })
    const verdict: unknown = JSON.parse(await readFile(join(folder, 'verdict.json'), 'utf8'))
    expect(verdict).toMatchObject({ verdict: 'violated', workload })
  })
})

test('what showed nothing when it was recorded shows nothing when it is judged again', async () => {
  const file = join(folder, 'little.jsonl')
  // Too few for a connection to be cut.
  const little = ['--clients', '2', '--ops', '1', '--out', file]
  const recorded = await play(against(healthy.url, ...little))
  expect(recorded).toMatchObject({ code: 3, last: expect.stringMatching(/^inconclusive: /) })
  expect(await play(['check-history', file])).toMatchObject({ code: 3, last: recorded.last })
})

describe('wrong usage', () => {
  test.each<[string, string[], string]>([
    ['a workload that is none', ['--workload', 'chaos'], '--workload is one of regular,'],
    ['too many clients', ['--clients', '0'], '--clients is a whole number from 2 to 1000, not "0"'],
    ['an export without a file', ['--export', 'porcupine'], '--export needs --out FILE'],
    [
      'an export of what the model does not know',
      ['--workload', 'trim', '--export', 'porcupine', '--out', 'x.jsonl'],
      '--export porcupine is for the workloads regular, match-seq-num, fencing',
    ],
  ])('%s', async (_name, args, message) => {
    const played = await play(against(healthy.url, ...args))
    expect(played.code).toBe(2)
    expect(played.err).toContain(message)
  })

  test.each([
    ['{"format":"other"}', 'line 1: it does not say "format":"s2-conformance-history"'],
    ['', 'the file is empty'],
  ])('a file that is no history: %s', async (content, message) => {
    const file = join(folder, 'none.jsonl')
    await writeFile(file, content)
    expect(await play(['check-history', file])).toMatchObject({
      code: 2,
      err: expect.stringContaining(message),
    })
  })
})
