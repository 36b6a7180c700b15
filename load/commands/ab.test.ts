import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Io } from '../../kit/cli/command.ts'
import { parseGiven } from '../../kit/cli/parse.ts'
import { UsageError } from '../../kit/usage-error.ts'
import type { LoadComparison } from '../../reports/load/comparison.ts'
import type { LoadResult } from '../../reports/load/result.ts'
import { type FakeRound, fakeArena, fakeResult, violatedResult } from '../compare/testing/fake-arena.ts'
import { ab } from './ab.ts'
import { act } from './actions/ab.ts'

const LAUNCHES = ['--a', 'old {port}', '--b', 'new {port}']

interface Played {
  readonly code: number
  readonly out: string
  readonly err: string
  readonly rounds: readonly FakeRound[]
}

/** The command, its rounds played by a function. */
async function type(
  args: readonly string[],
  play: (round: FakeRound) => LoadResult | Promise<LoadResult>,
  more: Partial<Io> = {},
): Promise<Played> {
  const { arena, played } = fakeArena(play)
  let [out, err] = ['', '']
  const io: Io = {
    out(text) {
      out += text
    },
    err(text) {
      err += text
    },
    env: {},
    isInteractive: false,
    width: 80,
    colour: false,
    interrupted: new AbortController().signal,
    cwd: '/',
    ...more,
  }
  const launches = args.includes('--a') ? [] : LAUNCHES
  const code = await act(parseGiven(ab, [...launches, ...args], {}), io, () => arena)
  return { code, out, err, rounds: played }
}

/** A server of which each round has a seed of its own, slowed in head. */
const servers =
  (slow: number) =>
  ({ phase, round, server }: FakeRound): LoadResult =>
    fakeResult(phase * 100 + round, server === 'head' ? slow : 1)

describe('what it says', () => {
  test('of nothing is that nothing regressed, and no more', async () => {
    const { code, out, err } = await type(['--rounds', '4'], servers(1))
    expect(out).toContain('NO REGRESSION')
    expect({ code, err }).toEqual({ code: 0, err: '' })
  })

  test('of a regression is by how much, and that it was seen again', async () => {
    const { code, out } = await type(['--rounds', '4'], servers(1.2))
    expect(code).toBe(1)
    expect(out).toMatch(/^\* response-p50 .*\+1[6-9]\.\d % .* regressed, again \+\d+\.\d %$/m)
    expect(out).toContain('REGRESSION')
    expect(out).toContain('* has to be decided')
  })

  test('of what was interrupted is what there is', async () => {
    const controller = new AbortController()
    const { code, out } = await type(
      ['--rounds', '6'],
      (round) => {
        if (round.phase === 2 && round.round === 9) controller.abort()
        return { ...servers(1)(round), interrupted: controller.signal.aborted }
      },
      { interrupted: controller.signal },
    )
    expect(out).toMatch(/^head .* 4 rounds$/m)
    expect(out).toMatch(/response-p50.*no difference/)
    expect(out).toContain('INTERRUPTED')
    expect(code).toBe(3)
  })

  test('is drawn on a terminal while it goes on', async () => {
    const { err } = await type(['--rounds', '4'], servers(1), { isInteractive: true })
    expect(err).toContain('\r\u001b[KA/A run: round 8 of 8')
    expect(err).toContain('\r\u001b[KA/B run: round 1 of 8')
    expect(err.endsWith('\r\u001b[K')).toBe(true)
  })
})

describe('its options', () => {
  test('say what matters', async () => {
    expect((await type(['--rounds', '4', '--min-effect', '30'], servers(1.2))).code).toBe(0)
  })

  test('say which metrics have to be decided', async () => {
    const { code, out } = await type(['--rounds', '4', '--metrics', 'e2e-p50,append-rate'], servers(1))
    expect({ code, out }).toMatchObject({
      code: 3,
      out: expect.stringContaining('e2e-p50 could not be told'),
    })
  })

  test('say whether rounds may be doubtful', async () => {
    const doubtful = (round: FakeRound): LoadResult => ({
      ...servers(1)(round),
      ...(round.server === 'head' && { verdict: 'SUSPECT', reasons: ['a long pause'] }),
    })
    expect((await type(['--rounds', '4'], doubtful)).code).toBe(3)
    expect((await type(['--rounds', '4', '--allow-suspect'], doubtful)).code).toBe(0)
  })

  test('say how long it goes on where that is too noisy to tell', async () => {
    const { code, rounds } = await type(['--rounds', '4..8'], ({ phase, round }) =>
      fakeResult(phase * 100 + round, 1, 0.2),
    )
    expect(rounds.map(({ phase }) => phase).filter((phase) => phase === 1).length).toBe(16)
    expect(code).toBe(3)
  })
})

describe('its files', () => {
  test('hold no secret of the commands that it compares', async () => {
    const folder = await mkdtemp(join(tmpdir(), 's2-load-ab-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const kinds = ['json', 'junit', 'bencher']
    const files = kinds.flatMap((kind) => [`--${kind}`, join(folder, kind)])
    const launches = [
      '--a',
      'env S2_ROOT_TOKEN=hush-hush old {port}',
      '--b',
      "API_KEY='hush-hush' new {port}",
    ]
    const { out, err } = await type([...launches, '--rounds', '4', ...files], servers(1))
    const written = await Promise.all(kinds.map((kind) => readFile(join(folder, kind), 'utf8')))
    expect([out, err, ...written].join('')).not.toContain('hush')
    expect(out).toContain('env S2_ROOT_TOKEN=… old {port}')
    expect(out).toContain('API_KEY=… new {port}')
  })

  test('are there for people and machines', async () => {
    const folder = await mkdtemp(join(tmpdir(), 's2-load-ab-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const at = (name: string): string => join(folder, name)
    const files = ['--json', at('ab.json'), '--junit', at('ab.xml'), '--bencher', at('bmf.json')]
    const { code } = await type(
      ['--rounds', '4', ...files, '--github-benchmark', at('gab.json')],
      servers(1.2),
    )
    expect(code).toBe(1)
    const read = async (name: string): Promise<unknown> => JSON.parse(await readFile(at(name), 'utf8'))
    const comparison = (await read('ab.json')) as LoadComparison
    expect(comparison).toMatchObject({
      outcome: 'regression',
      base: { label: 'old {port}', server: 'server 1', rounds: 4 },
      head: { label: 'new {port}', server: 'server 1.2', rounds: 4 },
    })
    expect(comparison.rounds.length).toBe(24)
    const p50 = comparison.metrics.find(({ name }) => name === 'response-p50')?.head
    expect(p50?.value).toBeGreaterThan(2000)
    const [smaller, bigger] = [await read('gab.smaller.json'), await read('gab.bigger.json')]
    expect(smaller).toContainEqual({
      name: 'gate/response-p50',
      unit: 'µs',
      value: Number(p50?.value.toPrecision(6)),
      range: expect.stringMatching(/^[\d.]+ to [\d.]+$/),
      extra: expect.stringContaining('regressed'),
    })
    expect(bigger).toMatchObject([{ name: 'gate/append-rate', unit: 'appends/s' }])
    expect(await read('bmf.json')).toMatchObject({
      'gate/response-p50': { latency: { value: Number(((p50?.value ?? 0) * 1000).toPrecision(6)) } },
      'gate/append-rate': {
        throughput: { lower_value: expect.any(Number), upper_value: expect.any(Number) },
      },
    })
  })

  test.each([
    ['a regression', servers(1.2), { failures: true, errors: false }],
    ['nothing', servers(1), { failures: false, errors: false }],
    ['a violation', () => violatedResult(1), { failures: true, errors: false }],
    [
      'noise',
      ({ phase, round }: FakeRound) => fakeResult(phase * 100 + round, 1, 0.2),
      { failures: false, errors: true },
    ],
  ])('of JUnit are red where the exit code is not 0: %s', async (what, play, { failures, errors }) => {
    const folder = await mkdtemp(join(tmpdir(), 's2-load-ab-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const path = join(folder, 'ab.xml')
    const { code } = await type(['--rounds', '4', '--junit', path], play)
    const text = await readFile(path, 'utf8')
    expect(XMLValidator.validate(text)).toBe(true)
    const { testsuites } = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' }).parse(text)
    expect({ failures: testsuites.failures !== '0', errors: testsuites.errors !== '0' }).toEqual({
      failures,
      errors,
    })
    expect(code !== 0).toBe(failures || errors)
    const cases = testsuites.testsuite.testcase as readonly {
      readonly name: string
      readonly error?: unknown
    }[]
    const isOpen = (name: string): boolean | undefined => {
      const found = cases.find((each) => each.name === name)
      return found === undefined ? undefined : found.error !== undefined
    }
    if (what === 'noise') expect([isOpen('response-p50'), isOpen('response-p99')]).toEqual([true, false])
  })
})

test.each([
  [['--a', 'old', '--b', 'new {port}'], '--a needs {port} in its command'],
  [['--rounds', '3'], '--rounds is a whole number from 4'],
  [['--rounds', '8..4'], '--rounds is a whole number from 8'],
  [['--rounds', '4..8..9'], '--rounds is a whole number from 4'],
  [['--settle', 'soon'], '--settle: "soon" is no time'],
  [['--min-effect', '0'], '--min-effect is percent above 0'],
  [['--min-effect', 'much'], '--min-effect is percent above 0'],
  [['--metrics', 'p50'], 'there is no metric "p50": there are append-rate'],
  [['--rate', '-1'], 'rate'],
  [['--junit', '/no/such/folder/x.xml'], '--junit: the file /no/such/folder/x.xml cannot be written'],
  [['--github-benchmark', '/no/such/x.json'], 'the file /no/such/x.smaller.json cannot'],
  [['nothing'], 'there is no workload "nothing"'],
])('%j makes no sense, and it says why', async (args, sentence) => {
  const played = type(args, servers(1))
  await expect(played).rejects.toThrow(UsageError)
  await expect(played).rejects.toThrow(sentence)
})
