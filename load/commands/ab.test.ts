import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Io } from '../../conformance/cli/command.ts'
import { parseGiven } from '../../conformance/cli/parse.ts'
import { UsageError } from '../../conformance/usage-error.ts'
import type { LoadComparison } from '../../reports/load/comparison.ts'
import type { LoadResult } from '../../reports/load/result.ts'
import type { Arena } from '../compare/gate.ts'
import {
  type FakeRound,
  fakeArena,
  fakeResult,
  refusingResult,
  violatedResult,
} from '../compare/testing/fake-arena.ts'
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
  return { ...(await typeIn(arena, args, more)), rounds: played }
}

async function typeIn(
  arena: Arena,
  args: readonly string[],
  more: Partial<Io> = {},
): Promise<Omit<Played, 'rounds'>> {
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
  const code = await act(parseGiven(ab, [...LAUNCHES, ...args], {}), io, () => arena)
  return { code, out, err }
}

/** A server of which each round has a seed of its own, slowed in head. */
const servers =
  (slow: number) =>
  ({ phase, round, server }: FakeRound): LoadResult =>
    fakeResult(phase * 100 + round, server === 'head' ? slow : 1)

describe('the gate', { timeout: 60_000 }, () => {
  test('plays base against itself, then base and head, in the order ABBA', async () => {
    const { code, rounds, out, err } = await type(['--rounds', '4'], servers(1))
    expect(rounds.map(({ phase, server }) => `${phase}${server === 'base' ? 'a' : 'b'}`).join(' ')).toBe(
      '1a 1a 1a 1a 1a 1a 1a 1a 2a 2b 2b 2a 2a 2b 2b 2a',
    )
    expect(rounds.slice(0, 4).map(({ side }) => side)).toEqual(['base', 'head', 'head', 'base'])
    expect(out).toContain('NO REGRESSION')
    expect({ code, err }).toEqual({ code: 0, err: '' })
  })

  test.each([
    [4, [0, 0, 1, 1, 2, 2, 3, 3]],
    [8, [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3]],
    [9, [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4]],
  ])(
    'starts both servers anew every few pairs, of %i of them in four launches or more',
    async (pairs, launches) => {
      const { rounds } = await type(['--rounds', String(pairs)], servers(1))
      for (const phase of [1, 2])
        expect(rounds.filter((round) => round.phase === phase).map(({ launch }) => launch)).toEqual(launches)
    },
  )

  test('plays all again where something regressed, and says so', async () => {
    const { code, rounds, out } = await type(['--rounds', '4'], servers(1.2))
    expect(rounds.filter(({ phase }) => phase === 3).length).toBe(8)
    expect(code).toBe(1)
    expect(out).toMatch(/^\* response-p50 .*\+1[6-9]\.\d % .* regressed, again \+\d+\.\d %$/m)
    expect(out).toContain('REGRESSION')
    expect(out).toContain('* has to be decided')
  })

  test('plays on where that is too noisy to tell, and no longer than it must', async () => {
    /** Every second pair is off by a third in either direction, until there have been enough of them. */
    const uneasy =
      (until: number) =>
      ({ phase, round, side }: FakeRound): LoadResult => {
        const pair = Math.ceil(round / 2)
        const isOff = phase === 2 && side === 'head' && pair <= until
        return fakeResult(phase * 100 + round, isOff ? (pair % 2 === 0 ? 1.3 : 0.77) : 1)
      }
    const roundsOf = async (until: number): Promise<readonly number[]> => {
      const { rounds, code } = await type(['--rounds', '4..16'], uneasy(until))
      return [1, 2].map((phase) => rounds.filter((round) => round.phase === phase).length).concat(code)
    }
    expect(await roundsOf(0)).toEqual([8, 8, 0])
    expect(await roundsOf(1)).toEqual([8, 32, 3])
    expect(await roundsOf(99)).toEqual([8, 32, 3])
  })

  test('does not play on to find no difference where base itself differs by more than what matters', async () => {
    const { rounds, code } = await type(['--rounds', '4..16'], ({ phase, round, server }) =>
      fakeResult(phase * 100 + round, server === 'head' ? 1.04 : 1, phase === 1 ? 0.2 : 0.002),
    )
    expect([1, 2].map((phase) => rounds.filter((round) => round.phase === phase).length)).toEqual([32, 8])
    expect(code).toBe(3)
  })

  test('catches a server that acknowledges nothing', async () => {
    const { code, out } = await type(['--rounds', '4'], (round) =>
      round.server === 'head' ? refusingResult(round.round) : servers(1)(round),
    )
    expect(out).toMatch(/append-rate: regressed, .* -100 % .* again -100 %/)
    expect(code).toBe(1)
  })

  test('takes back what the rerun does not show', async () => {
    const { code, out, rounds } = await type(['--rounds', '4'], (round) =>
      servers(round.phase === 2 ? 1.2 : 1)(round),
    )
    expect(rounds.length).toBe(24)
    expect(out).toContain('TOO NOISY')
    expect(code).toBe(3)
  })

  test.each([[1], [3]])('accuses nobody where phase %i is worth nothing', async (phase) => {
    const { code, out } = await type(['--rounds', '4'], (round) => ({
      ...servers(1.2)(round),
      ...(round.phase === phase && { verdict: 'INVALID', reasons: ['the generator slept'] }),
    }))
    expect(out).toContain('INVALID')
    expect(code).toBe(3)
  })

  test('does not mind what is faster', async () => {
    const { code, out } = await type(['--rounds', '4'], servers(0.8))
    expect(out).toMatch(/response-p50.* improved/)
    expect(code).toBe(0)
  })

  test('is not mistaken about a regression smaller than what matters', async () => {
    expect((await type(['--rounds', '4', '--min-effect', '30'], servers(1.2))).code).toBe(0)
  })

  test('ends at once where a record was lost, with the evidence', async () => {
    const { code, out, rounds } = await type(['--rounds', '4'], (round) =>
      round.phase === 2 && round.server === 'head' ? violatedResult(1) : servers(1)(round),
    )
    expect(rounds.filter(({ phase }) => phase === 2).length).toBe(2)
    expect(code).toBe(1)
    expect(out).toContain('gap at 7 of s: record 8 came after record 6')
  })

  test('is worth nothing where a round is, but for what was confirmed without it', async () => {
    const invalid: Pick<LoadResult, 'verdict' | 'reasons'> = {
      verdict: 'INVALID',
      reasons: ['the generator slept'],
    }
    const once =
      (slow: number) =>
      (round: FakeRound): LoadResult =>
        round.phase === 2 && round.round === 3
          ? { ...servers(slow)(round), ...invalid }
          : servers(slow)(round)
    const { code, out } = await type(['--rounds', '5'], once(1))
    expect({ code, out }).toMatchObject({ code: 3, out: expect.stringContaining('the generator slept') })
    expect((await type(['--rounds', '5'], once(1.2))).code).toBe(1)
    const tooFew = await type(['--rounds', '4'], once(1))
    expect(tooFew).toMatchObject({ code: 3, out: expect.stringContaining('3 launches are worth something') })
  })

  test('is doubtful where most rounds of a side are, unless that is allowed', async () => {
    const doubtful = (round: FakeRound): LoadResult => ({
      ...servers(1)(round),
      ...(round.server === 'head' && { verdict: 'SUSPECT', reasons: ['a long pause'] }),
    })
    const { code, out } = await type(['--rounds', '4'], doubtful)
    expect({ code, out }).toMatchObject({
      code: 3,
      out: expect.stringContaining('4 of 4 rounds of head are SUSPECT'),
    })
    expect((await type(['--rounds', '4', '--allow-suspect'], doubtful)).code).toBe(0)
  })

  test('accuses nobody where most rounds of a side are doubtful, unless that is allowed', async () => {
    const doubtful = (round: FakeRound): LoadResult => ({
      ...servers(1.2)(round),
      ...(round.server === 'head' && { verdict: 'SUSPECT', reasons: ['a long pause'] }),
    })
    const { code, out } = await type(['--rounds', '4'], doubtful)
    expect({ code, out }).toMatchObject({
      code: 3,
      out: expect.stringContaining('8 of 8 rounds of head are SUSPECT: a long pause'),
    })
    expect((await type(['--rounds', '4', '--allow-suspect'], doubtful)).code).toBe(1)
  })

  test('is not doubtful for what others on the machine do to all rounds, which the A/A run shows', async () => {
    const crowded =
      (slow: number) =>
      (round: FakeRound): LoadResult => ({
        ...servers(slow)(round),
        ...{ verdict: 'SUSPECT', reasons: ['others use this machine'], sharedMachine: true },
      })
    const { code, out } = await type(['--rounds', '4'], crowded(1))
    expect({ code, out }).toMatchObject({
      code: 0,
      out: expect.stringContaining('16 of 16 rounds are SUSPECT for what others did on this machine'),
    })
    expect((await type(['--rounds', '4'], crowded(1.2))).code).toBe(1)
  })

  test('cannot decide on a metric that is not there', async () => {
    const { code, out } = await type(['--rounds', '4', '--metrics', 'e2e-p50,append-rate'], servers(1))
    expect({ code, out }).toMatchObject({
      code: 3,
      out: expect.stringContaining('e2e-p50 could not be told'),
    })
  })

  test.each([
    [9, 4],
    [12, 5],
  ])('that is interrupted in round %i shows the %i pairs before it', async (at, pairs) => {
    const controller = new AbortController()
    const { code, out, rounds } = await type(
      ['--rounds', '6'],
      (round) => {
        if (round.phase === 2 && round.round === at) controller.abort()
        return { ...servers(1)(round), interrupted: controller.signal.aborted }
      },
      { interrupted: controller.signal },
    )
    expect(rounds.length).toBe(12 + at)
    expect(out).toMatch(new RegExp(`^head .* ${pairs} rounds$`, 'm'))
    expect(out).toMatch(/response-p50.*no difference/)
    expect(out).toContain('INTERRUPTED')
    expect(code).toBe(3)
  })

  test('that is interrupted while servers come up shows what was played before', async () => {
    const controller = new AbortController()
    const { arena } = fakeArena(servers(1))
    const breaking: Arena = {
      open(start, use) {
        if (start.phase !== 'compare' || start.number < 5) return arena.open(start, use)
        controller.abort()
        return Promise.reject(new Error('killed'))
      },
    }
    const { code, out } = await typeIn(breaking, ['--rounds', '6'], { interrupted: controller.signal })
    expect(out).toMatch(/^head .* 5 rounds$/m)
    expect({ code, out }).toMatchObject({ code: 3, out: expect.stringContaining('INTERRUPTED') })
  })

  test('passes on what kept a round from being played', async () => {
    const played = type(['--rounds', '4'], () => Promise.reject(new Error('the target died')))
    await expect(played).rejects.toThrow('the target died')
  })

  test('draws where it is on a terminal', async () => {
    const { err } = await type(['--rounds', '4'], servers(1), { isInteractive: true })
    expect(err).toContain('\r\u001b[KA/A run: round 8 of 8')
    expect(err).toContain('\r\u001b[KA/B run: round 1 of 8')
    expect(err.endsWith('\r\u001b[K')).toBe(true)
  })
})

describe('its files', { timeout: 60_000 }, () => {
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
  [['--a', 'old'], '--a needs {port} in its command'],
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
