import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { LoadResult } from '../../reports/load/result.ts'
import { fakeResult, refusingResult, violatedResult } from '../compare/testing/fake-arena.ts'
import { run } from '../main.ts'

interface Typed {
  readonly code: number
  readonly out: string
  readonly err: string
}

async function type(...args: readonly string[]): Promise<Typed> {
  let [out, err] = ['', '']
  const code = await run(['compare', ...args], {
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
  })
  return { code, out, err }
}

/** The results in files of their own. */
async function write(...results: readonly unknown[]): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 's2-load-compare-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return await Promise.all(
    results.map(async (result, at) => {
      const path = join(folder, `${at}.json`)
      await writeFile(path, JSON.stringify(result))
      return path
    }),
  )
}

const compareOne = async (base: LoadResult, head: LoadResult): Promise<Typed> =>
  await type(...(await write(base, head)))

async function compareMany(
  base: readonly LoadResult[],
  head: readonly LoadResult[],
  options: readonly string[] = [],
): Promise<Typed> {
  const named = async (option: string, results: readonly LoadResult[]): Promise<readonly string[]> =>
    (await write(...results)).flatMap((path) => [option, path])
  return await type(...(await named('--base', base)), ...(await named('--head', head)), ...options)
}

const runs = (count: number, slow = 1, first = 0): readonly LoadResult[] =>
  Array.from({ length: count }, (_, at) => fakeResult(first + at, slow))

describe('one result a side', () => {
  test('is compared by its seconds, and it says what that is worth', async () => {
    const { code, out } = await compareOne(fakeResult(1), fakeResult(2))
    expect(out).toContain('one run a side shows how evenly it went')
    expect(out).toMatch(/response-p50.* no difference/)
    expect(code).toBe(0)
  })

  test('gives a hint of a regression and no more', async () => {
    const { code, out } = await compareOne(fakeResult(1), fakeResult(2, 1.2))
    expect(out).toMatch(/response-p50: regressed, .*: not confirmed/)
    expect(code).toBe(3)
  })

  test('of three seconds is too little', async () => {
    const short = (seed: number): LoadResult => ({
      ...fakeResult(seed),
      series: fakeResult(seed).series.slice(0, 3),
    })
    const { code, out } = await compareOne(short(1), short(2))
    expect({ code, out }).toMatchObject({ code: 3, out: expect.stringContaining('3 seconds are too few') })
  })
})

describe('several results a side', () => {
  test('accuse where one is slower', async () => {
    const { code, out } = await compareMany(runs(5), runs(5, 1.2, 50))
    expect(out).toMatch(/response-p50: regressed/)
    expect(code).toBe(1)
  })

  test('accuse nobody where most of a side are doubtful, unless that is allowed', async () => {
    const doubtful = (more: Partial<LoadResult>): readonly LoadResult[] =>
      runs(5, 1.2, 50).map((result) => ({ ...result, verdict: 'SUSPECT', ...more }))
    // No A/A run shows here what a shared machine does.
    const crowded = doubtful({ reasons: ['others use this machine'], sharedMachine: true })
    const { code, out } = await compareMany(runs(5), crowded)
    expect({ code, out }).toMatchObject({
      code: 3,
      out: expect.stringContaining('5 of 5 rounds of head are SUSPECT: others use this machine'),
    })
    expect((await compareMany(runs(5), crowded, ['--allow-suspect'])).code).toBe(1)
    const late = doubtful({ reasons: ['late', '2 refused'], reasonsOf: ['generator', 'target'] })
    expect((await compareMany(runs(5), late)).code).toBe(3)
    expect((await compareMany(runs(5), [...runs(3, 1.2, 60), ...late.slice(0, 2)])).code).toBe(1)
  })

  test('accuse a target of what it fails to do', async () => {
    const failing = runs(5, 1.2, 50).map(
      (result): LoadResult => ({
        ...result,
        verdict: 'SUSPECT',
        reasons: ['200 refused and 0 indeterminate appends'],
        reasonsOf: ['target'],
      }),
    )
    expect((await compareMany(runs(5), failing)).code).toBe(1)
  })

  test('accuse nobody of nothing', async () => {
    const { code, out } = await compareMany(runs(5), runs(5, 1, 50))
    expect(out).toContain('NO REGRESSION')
    expect(code).toBe(0)
  })

  test('are too few where there are two', async () => {
    const { code, out } = await compareMany(runs(2), runs(2, 1.2, 50))
    expect({ code, out }).toMatchObject({
      code: 3,
      out: expect.stringContaining('2 results a side are too few'),
    })
  })

  test('are not compared with one', async () => {
    const { code, out } = await compareMany(runs(5), runs(1, 1.2, 50))
    expect({ code, out }).toMatchObject({
      code: 3,
      out: expect.stringContaining('1 results a side are too few'),
    })
  })
})

test('a record that was lost comes before all numbers', async () => {
  const { code, out } = await compareOne(fakeResult(1), violatedResult(2))
  expect({ code, out }).toMatchObject({ code: 1, out: expect.stringContaining('gap at 7 of s') })
})

const elsewhere = (result: LoadResult): LoadResult => ({
  ...result,
  machines: [{ cpus: 64, model: 'another', memoryBytes: 1, platform: 'none', node: '24' }],
})

test('another machine is another load, and accuses nobody however slow it is', async () => {
  const why = 'different machines: 2 × a model; 64 × another'
  const one = await compareOne(fakeResult(1), elsewhere(fakeResult(2)))
  expect(one).toMatchObject({ code: 3, out: expect.stringContaining(why) })
  const several = await compareMany(runs(5), runs(5, 1.2, 50).map(elsewhere))
  expect(several).toMatchObject({ code: 3, out: expect.stringContaining(why) })
  const lost = await compareMany(runs(5), [...runs(4, 1, 50), violatedResult(2)].map(elsewhere))
  expect(lost).toMatchObject({ code: 1, out: expect.stringContaining('gap at 7 of s') })
})

test('a metric that is missing takes nothing away from one that has regressed', async () => {
  const { code, out } = await compareMany(runs(5), runs(5, 1.2, 50), ['--metrics', 'e2e-p50,append-rate'])
  expect({ code, out }).toMatchObject({ code: 1, out: expect.stringMatching(/append-rate: regressed/) })
})

describe('a head that acknowledges nothing', () => {
  const refusing = (count: number): readonly LoadResult[] =>
    Array.from({ length: count }, (_, at) => refusingResult(50 + at))

  test('has regressed, however soon it says so', async () => {
    const { code, out } = await compareMany(runs(5), refusing(5))
    expect(out).toMatch(/^ {2}append-rate: regressed, 1000\.0 appends\/s to 0\.0 appends\/s, -100 %/m)
    expect(code).toBe(1)
  })

  test('in one run a side is not passed over', async () => {
    const { code, out } = await compareOne(fakeResult(1), refusingResult(2))
    expect(out).toMatch(/^\* append-rate .* regressed$/m)
    expect(code).toBe(3)
  })

  test('in some runs is not passed over', async () => {
    const { code, out } = await compareMany(runs(5), [...runs(2, 1, 60), ...refusing(3)])
    expect(out).toMatch(/^\* append-rate .* -60 % .* too noisy to tell$/m)
    expect(code).not.toBe(0)
  })
})

describe('what one side alone tells', () => {
  const deaf = runs(5, 1, 50).map((result, seed) => ({
    ...result,
    workload: { ...result.workload, seed },
    latencies: {},
  }))

  test.each([
    ['head', runs(5), deaf],
    ['base', deaf, runs(5)],
  ])('is said, and leaves open what has to be decided: nothing of %s', async (_side, base, head) => {
    const { code, out } = await compareMany(base, head)
    expect(out).toContain('response-p50 could not be told of both sides')
    expect(out).toContain(
      'told of one side alone, and not compared: response-p50, response-p90, response-p99',
    )
    expect(code).toBe(3)
    expect((await compareMany(base, head, ['--metrics', 'append-rate'])).code).toBe(0)
  })

  test('accuses nobody of being slower than a base that acknowledges nothing', async () => {
    const { code, out } = await compareMany([1, 2, 3, 4].map(refusingResult), runs(4, 1, 50))
    expect(out).toContain('base acknowledged nothing: there is nothing to compare with')
    expect(code).toBe(3)
  })
})

describe('is refused with a sentence:', () => {
  test('another workload', async () => {
    const other = { ...fakeResult(2), workload: { ...fakeResult(2).workload, streams: 9 } }
    const { code, err } = await compareOne(fakeResult(1), other)
    expect({ code, err }).toMatchObject({
      code: 2,
      err: expect.stringContaining('streams is 1 in one and 9 in the other'),
    })
  })

  test('but not another name or seed of it', async () => {
    const other = { ...fakeResult(2), workload: { ...fakeResult(2).workload, name: 'other', seed: 9 } }
    expect((await compareOne(fakeResult(1), other)).code).toBe(0)
  })

  test('what is no result', async () => {
    const [path = '', good = ''] = await write({ format: 'other' }, fakeResult(1))
    expect(await type(good, path)).toMatchObject({
      code: 2,
      err: expect.stringContaining('not a result of s2-load'),
    })
    expect(await type(good, '/no/such.json')).toMatchObject({
      code: 2,
      err: expect.stringContaining('cannot be read'),
    })
  })

  test('one result that is there twice', async () => {
    const paths = await write(...runs(2), runs(1)[0])
    const base = paths.flatMap((path) => ['--base', path])
    expect(await type(...base, '--head', paths[0] ?? '')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/0\.json and .*2\.json are the same result/),
    })
    expect(await type(paths[0] ?? '', paths[0] ?? '')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/0\.json and .*0\.json are the same result/),
    })
  })

  test.each([
    [[], 'say which results to compare'],
    [['a.json'], 'two files are compared'],
    [['a.json', 'b.json', '--base', 'c.json'], 'give two files, or several a side'],
    [['--base', 'a.json'], 'say which results to compare'],
  ])('%j', async (args, sentence) => {
    expect(await type(...args)).toMatchObject({ code: 2, out: '', err: expect.stringContaining(sentence) })
  })
})
