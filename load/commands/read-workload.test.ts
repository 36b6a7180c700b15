import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseGiven } from '../../kit/cli/parse.ts'
import { UsageError } from '../../kit/usage-error.ts'
import { readWorkload } from './read-workload.ts'
import { run } from './run.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 's2-load-test-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** What is read of this text, with what the command line says above it. */
async function read(text: string, ...args: readonly string[]) {
  const path = join(folder, 'mine.yaml')
  await writeFile(path, text)
  return await readWorkload(parseGiven(run, [path, ...args], {}))
}

test('a file says what a workload does, its faults too, and the command line stands above it', async () => {
  const text = [
    'closed: 4',
    'batch: 1..3',
    'duration: 20s',
    'faults:',
    '  - cut at 2s',
    '  - kill for 1s at 5s',
  ].join('\n')
  expect(await read(text)).toMatchObject({
    appends: { arrival: { kind: 'closed', inFlight: 4 }, batch: { least: 1, most: 3 } },
    faults: [
      { kind: 'cut', at: 2 },
      { kind: 'kill', at: 5, lasts: 1 },
    ],
  })
  expect(await read(text, '--rate', '7', '--faults', 'pause 1s at 3s')).toMatchObject({
    appends: { arrival: { kind: 'open', rate: { kind: 'constant', perSecond: 7 } } },
    faults: [{ kind: 'pause', at: 3 }],
  })
})

test('a closed loop on the command line stands above the rate of a file', async () => {
  expect(await read('rate: 100', '--closed', '4')).toMatchObject({
    appends: { arrival: { kind: 'closed', inFlight: 4 } },
  })
})

test('a server is no workload', async () => {
  await expect(readWorkload(parseGiven(run, ['http://127.0.0.1:8080'], {}))).rejects.toThrow(
    new UsageError('"http://127.0.0.1:8080" is no workload: give a server with --endpoint'),
  )
})

test('sizes of records may have weights or be log-normal', async () => {
  const weighted = await read('record-size: [{size: 100, weight: 9}, {size: 1KiB..64KiB, weight: 1}]')
  expect(weighted.appends.recordBytes).toEqual({
    least: 100,
    most: 65_536,
    distribution: {
      kind: 'weighted',
      sizes: [
        { least: 100, most: 100, weight: 9 },
        { least: 1024, most: 65_536, weight: 1 },
      ],
    },
  })
  const drawn = await read('record-size: {median: 1KiB, sigma: 1, most: 64KiB}')
  expect(drawn.appends.recordBytes).toEqual({
    least: 32,
    most: 65_536,
    distribution: { kind: 'log-normal', median: 1024, sigma: 1 },
  })
  const above = await read('record-size: {median: 1KiB, sigma: 1, most: 64KiB}', '--record-size', '100')
  expect(above.appends.recordBytes).toEqual({ least: 100, most: 100 })
})

test.each([
  ['record-size: {median: 1KiB}', /mine\.yaml: record-size: {"median":"1KiB"} has no sigma/],
  ['recordsize: 5', /mine\.yaml: "recordsize" is no field of a workload: there are name, streams, transport/],
  ['streams: many', /mine\.yaml: streams: "many" is no whole number from 1 on, such as 1000/],
  ['streams:', /mine\.yaml: streams: has no value/],
  ['transport: grpc', /mine\.yaml: transport: "grpc" is none of s2s, h2-proto, h2-json, h1-json/],
  ['faults: cut', /mine\.yaml: faults: "cut" is no fault: say "cut at 2s"/],
  ['rate: 100\nclosed: 4', /mine\.yaml: rate and closed exclude each other/],
  ['- streams', /mine\.yaml holds no workload: it must be fields and their values/],
  ['', /mine\.yaml holds no workload/],
  ['streams: [1', /mine\.yaml is not YAML: .+/],
])('%j is refused, with the file, the field and what is accepted', async (text, why) => {
  const error = await read(text).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(UsageError)
  expect(String(error)).toMatch(why)
})
