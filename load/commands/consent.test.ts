import { describe, expect, test } from 'vitest'
import { parseGiven } from '../../conformance/cli/parse.ts'
import { UsageError } from '../../conformance/usage-error.ts'
import { demandConsent } from './consent.ts'
import { readWorkload } from './read-workload.ts'
import { run } from './run.ts'

const consent = async (...argv: readonly string[]): Promise<string> => {
  const given = parseGiven(run, argv, {})
  return demandConsent(given, await readWorkload(given))
}

describe('a target on this machine is loaded without a word', () => {
  test.each([
    [[]],
    [['--endpoint', 'http://127.0.0.1:8080']],
    [['--endpoint', 'localhost:8080', '--closed', '4']],
    [['--endpoint', 'http://[::1]:80']],
    [['--launch', 's2 lite --port {port}']],
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

test('more than was allowed is refused before it begins', async () => {
  await expect(consent('--max-bytes', '10MiB')).rejects.toThrow('that is more than --max-bytes 10485760')
  await expect(consent('--max-bytes', '10MiB', '--closed', '4')).rejects.toThrow('needs a rate')
  await expect(consent('--max-bytes', 'much')).rejects.toThrow('--max-bytes: "much" is no whole number')
})
