import { describe, expect, test } from 'vitest'
import { UsageError } from '../../kit/usage-error.ts'
import { parseSettings } from './settings.ts'

describe('--local-root', () => {
  test('is --data-dir under the name of s2-lite', () => {
    expect(parseSettings(['--local-root', 'data'])).toEqual(parseSettings(['--data-dir', 'data']))
  })

  test('excludes --data-dir', () => {
    expect(() => parseSettings(['--local-root', 'a', '--data-dir', 'b'])).toThrow(UsageError)
  })
})

describe('--append-inflight-bytes', () => {
  test.each([
    [[], 134_217_728],
    [['--append-inflight-bytes', '2000000'], 2_000_000],
    [['--append-inflight-bytes', '2097152B'], 2_097_152],
    [['--append-inflight-bytes', '64MiB'], 67_108_864],
    [['--append-inflight-bytes', '64 MB'], 64_000_000],
    [['--append-inflight-bytes', '4096KiB'], 4_194_304],
    [['--append-inflight-bytes', '1gib'], 1_073_741_824],
    // The largest batch always fits.
    [['--append-inflight-bytes', '0'], 1_048_576],
  ])('%j', (args, appendsInFlight) => {
    expect(parseSettings(args)).toMatchObject({ appendsInFlight })
  })

  test.each(['', '-1', 'much', '1.5MiB', '1TiB', '1M', '9999999999999999'])('not %j', (text) => {
    expect(() => parseSettings([`--append-inflight-bytes=${text}`])).toThrow(UsageError)
  })
})

describe('--sweep-interval and --delete-on-empty-grace', () => {
  test.each([
    [[], { sweepInterval: 10_000, deleteOnEmptyGrace: 600_000 }],
    [['--sweep-interval', '1'], { sweepInterval: 1000, deleteOnEmptyGrace: 600_000 }],
    [
      ['--sweep-interval', '0.25', '--delete-on-empty-grace', '0'],
      { sweepInterval: 250, deleteOnEmptyGrace: 0 },
    ],
  ])('%j', (args, ageing) => {
    expect(parseSettings(args)).toMatchObject({ ageing })
  })

  test.each(['', '-1', '1s', '1e3', '.5', '0x10'])('%j is no number of seconds', (text) => {
    expect(() => parseSettings([`--sweep-interval=${text}`])).toThrow(UsageError)
    expect(() => parseSettings([`--delete-on-empty-grace=${text}`])).toThrow(UsageError)
  })
})

test.each([
  [['--port', '1', '--port', '2'], '--port is given more than once'],
  [['--auth', '--auth'], '--auth is given more than once'],
])('%j is wrong usage: which one is meant?', (args, message) => {
  expect(() => parseSettings(args)).toThrow(UsageError)
  expect(() => parseSettings(args)).toThrow(message)
})
