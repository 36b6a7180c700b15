import { describe, expect, test } from 'vitest'
import { parseGiven } from '../../kit/cli/parse.ts'
import { UsageError } from '../../kit/usage-error.ts'
import { mostAttempts } from '../capacity/search.ts'
import { run as runLoadCommand } from '../main.ts'
import { capacity } from './capacity.ts'
import { consentFrom, demandConsent } from './consent.ts'
import { readWorkload } from './read-workload.ts'
import { run } from './run.ts'

const consent = async (...argv: readonly string[]): Promise<string> => {
  const given = parseGiven(run, argv, {})
  return demandConsent(consentFrom(given), await readWorkload(given), given.flag('second-opinion'))
}

describe('a target on this machine is loaded without a word', () => {
  test.each([
    [[]],
    [['--endpoint', 'http://127.0.0.1:8080']],
    [['--endpoint', 'localhost:8080', '--closed', '4']],
    [['--endpoint', 'http://[::1]:80']],
    [['--launch', 's2 lite --port {port}']],
    [['--launch', 's2 lite --port 80', '--endpoint', 'http://127.0.0.1:80']],
    [['--container', 'an/image --port {port}']],
  ])('%j', async (argv) => {
    expect(await consent(...argv)).toContain('this load')
  })
})

const FAR = ['--endpoint', 'https://aws.s2.dev']

test('one that is elsewhere is not, and the volume is told', async () => {
  await expect(consent(...FAR)).rejects.toThrow(
    'https://aws.s2.dev is not on this machine, and somebody may pay for it. this load makes 1,200 appends of 11.7 MiB and reads 23.4 MiB. Give --rate and --max-bytes, or --yes',
  )
  await expect(consent(...FAR, '--rate', '5')).rejects.toThrow(UsageError)
  await expect(consent(...FAR, '--max-bytes', '1GiB')).rejects.toThrow(UsageError)
  await expect(consent('--basin-endpoint', 'https://{basin}.b.aws.s2.dev')).rejects.toThrow(UsageError)
  expect(await consent(...FAR, '--yes')).toContain('1,200 appends')
  expect(await consent(...FAR, '--rate', '5', '--max-bytes', '10MiB')).toContain('60 appends of 0.6 MiB')
})

test('one that is launched is where its endpoint says, unless it is given its port', async () => {
  const there = ['--launch', 'ssh box s2 lite --port 80', '--endpoint', 'http://box:80']
  await expect(consent(...there, '--closed', '64')).rejects.toThrow('http://box:80 is not on this machine')
  expect(await consent(...there, '--closed', '64', '--yes')).toContain('as much as the target takes')
  // The environment may name an endpoint for other commands.
  const env = { S2_ACCOUNT_ENDPOINT: 'https://aws.s2.dev', S2_BASIN_ENDPOINT: 'https://{basin}.b.aws.s2.dev' }
  const farOf = (...argv: readonly string[]) => consentFrom(parseGiven(run, argv, env)).far
  expect(farOf()).toBe('https://aws.s2.dev')
  expect(farOf('--launch', 's2 lite --port {port}')).toBeUndefined()
  expect(farOf('--container', 'an/image --port {port}')).toBeUndefined()
})

test('what is asked of a search is the greatest rate', () => {
  const of = (...argv: readonly string[]) =>
    consentFrom(parseGiven(capacity, ['--slo', 'x', ...argv], {}), 'to')
  expect(of('--to', '500', '--max-bytes', '1MiB', ...FAR)).toEqual({
    far: 'https://aws.s2.dev',
    maxBytes: 1024 ** 2,
    rateOption: 'to',
    hasRate: true,
    isYes: false,
  })
  expect(of('--yes')).toMatchObject({ far: undefined, maxBytes: undefined, hasRate: false, isYes: true })
})

test('and a search that has none is asked for it', async () => {
  const given = parseGiven(capacity, ['--slo', 'x', ...FAR], {})
  const asked = consentFrom(given, 'to')
  const workload = await readWorkload(parseGiven(run, [], {}))
  expect(() => demandConsent(asked, workload, false)).toThrow(
    'https://aws.s2.dev is not on this machine, and somebody may pay for it. Say with --to how far the search may go, and --max-bytes, or --yes',
  )
})

test('more than was allowed is refused before it begins', async () => {
  await expect(consent('--max-bytes', '10MiB')).rejects.toThrow('that is more than --max-bytes 10485760')
  await expect(consent('--max-bytes', '10MiB', '--closed', '4')).rejects.toThrow('needs a rate')
  await expect(consent('--max-bytes', 'much')).rejects.toThrow('--max-bytes: "much" is no whole number')
})

test('a second opinion appends too, and counts as much', async () => {
  const load = ['--transport', 'h1-json', '--rate', '10.4', '--duration', '40s', '--warmup', '0']
  expect(await consent(...load)).toContain('416 appends of 4.1 MiB')
  // By autocannon: 10/s for the 30 s that it is asked for at the most.
  expect(await consent(...load, '--second-opinion')).toContain('716 appends of 7.0 MiB and reads 8.1 MiB')
  await expect(consent(...load, '--max-bytes', '13MiB', '--second-opinion')).rejects.toThrow('more than')
  expect(await consent(...load, '--max-bytes', '13MiB')).toContain('416 appends')
})

describe('before a load begins its volume is told on standard error', () => {
  /** No further than that: there is no such folder. */
  async function said(argv: readonly string[], isInteractive: boolean): Promise<readonly string[]> {
    return (await complaint(argv, isInteractive)).match(/.*this load makes .* MiB/g) ?? []
  }

  async function complaint(argv: readonly string[], isInteractive = false): Promise<string> {
    let err = ''
    const code = await runLoadCommand([...argv, '--json', '/no/such/folder/x.json'], {
      out() {},
      err(text) {
        err += text
      },
      env: {},
      isInteractive,
      width: 80,
      colour: false,
      interrupted: new AbortController().signal,
      cwd: '/',
    })
    expect(code).toBe(2)
    return err
  }
  const NEAR = ['--endpoint', 'http://127.0.0.1:1']
  const SEARCH = ['capacity', '--slo', 'response-p99 < 20ms', '--to', '100']

  test.each([
    ['once for a target elsewhere, where no terminal is', ['run', ...FAR, '--yes'], false, 1],
    ['once on a terminal', ['run', ...FAR, '--yes'], true, 1],
    ['on a terminal for one that is here', ['run', ...NEAR], true, 1],
    ['and not where nobody pays and nobody looks', ['run', ...NEAR], false, 0],
    ['of a search too', [...SEARCH, ...FAR, '--yes'], false, 1],
    ['and likewise not of one that is here', [...SEARCH, ...NEAR], false, 0],
  ])('%s', async (_what, argv, isInteractive, times) => {
    expect((await said(argv, isInteractive)).length).toBe(times)
  })

  test.each([
    [['run', '--endpoint', 'foo'], '"foo" is not a URL'],
    [['run', '--endpoint', 'ftp://x/'], 'only http:// and https:// are spoken here'],
    [['run', '--endpoint', 'http://user:sekrit@127.0.0.1:9871'], 'carries a user or a password'],
    [[...SEARCH, '--endpoint', 'foo', '--yes'], '"foo" is not a URL'],
  ])('and not for %j, which is no place for a load', async (argv, message) => {
    const err = await complaint(argv)
    expect(err).toContain(message)
    expect(err).not.toMatch(/not on this machine|sekrit/)
  })

  test('and that of a search is of all the runs that it may make', async () => {
    const limits = { from: 100, to: 400, precision: 0.1 }
    const words = ['--from', '100', '--to', '400', '--precision', '10', '--duration', '1s', '--warmup', '1s']
    const appends = (mostAttempts(limits) * 2 * 400).toLocaleString('en')
    const argv = ['capacity', '--slo', 'response-p50 < 20ms', ...words, ...FAR, '--yes']
    expect(await said(argv, false)).toEqual([
      expect.stringContaining(`at the most, this load makes ${appends} appends`),
    ])
  })
})
