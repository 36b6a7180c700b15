import { describe, expect, test } from 'vitest'
import { DEFAULT_BASIN_CONFIG } from './config.ts'
import {
  type BasinOperation,
  deletedAt,
  type Found,
  type FoundBasin,
  type Judgement,
  judgeBasin,
  judgeStream,
  type StreamOperation,
  waitsForSetup,
} from './existence.ts'
import { HOSTED, LITE } from './flavor.ts'

const LIVE = { deleting: false, config: DEFAULT_BASIN_CONFIG }
const DELETING = { deleting: true, config: DEFAULT_BASIN_CONFIG }
const flavors = { LITE, HOSTED }

/** The code of a refusal, else the judgement itself. */
function outcome(judgement: Judgement): string {
  if (typeof judgement !== 'object') return judgement
  return judgement.refusal === 'error' ? judgement.code : judgement.refusal
}

type Line<Place> = readonly [flavor: keyof typeof flavors, place: Place, outcomes: readonly string[]]

describe('a basin (CP-ERR-008)', () => {
  const places = { missing: undefined, deleting: DELETING, live: LIVE }
  const operations: readonly BasinOperation[] = [
    'get-basin-config',
    'create-basin',
    'ensure-basin',
    'reconfigure-basin',
    'delete-basin',
    'list-streams',
  ]
  const missing = [
    'basin_not_found',
    'create',
    'create',
    'basin_not_found',
    'basin_not_found',
    'basin_not_found',
  ]
  const pending = 'basin_deletion_pending'
  const live = ['proceed', 'proceed', 'proceed', 'proceed', 'proceed', 'proceed']

  test.each<Line<keyof typeof places>>([
    ['LITE', 'missing', missing],
    ['LITE', 'deleting', ['proceed', pending, pending, pending, 'proceed', 'proceed']],
    ['LITE', 'live', live],
    ['HOSTED', 'missing', missing],
    ['HOSTED', 'deleting', [pending, pending, pending, pending, 'proceed', 'proceed']],
    ['HOSTED', 'live', live],
  ])('%s: %s', (flavor, place, outcomes) => {
    const judged = operations.map((operation) => judgeBasin(operation, places[place], flavors[flavor]))
    expect(judged.map(outcome)).toEqual(outcomes)
  })
})

describe('a stream (CP-ERR-008, CP-STR-026, CP-STR-062, CP-STR-085, AUT-002, AUT-012)', () => {
  const operations: readonly StreamOperation[] = [
    'get-stream-config',
    'create-stream',
    'ensure-stream',
    'reconfigure-stream',
    'delete-stream',
    'append',
    'read',
    'check-tail',
  ]
  const places: Record<string, readonly [basin: FoundBasin | undefined, stream: Found | undefined]> = {
    'basin missing': [undefined, undefined],
    'basin deleting, stream missing': [DELETING, undefined],
    'basin deleting, stream live': [DELETING, LIVE],
    'basin deleting, stream deleting': [DELETING, DELETING],
    missing: [LIVE, undefined],
    deleting: [LIVE, DELETING],
    live: [LIVE, LIVE],
  }
  const noBasin = 'basin_not_found'
  const noStream = 'stream_not_found'
  const basin = 'basin_deletion_pending'
  const stream = 'stream_deletion_pending'
  const on = 'proceed'
  const same: readonly (readonly [place: string, outcomes: readonly string[]])[] = [
    [
      'basin deleting, stream missing',
      [noStream, basin, basin, basin, noStream, noStream, noStream, noStream],
    ],
    ['basin deleting, stream live', [on, basin, basin, basin, on, on, on, on]],
    ['basin deleting, stream deleting', [stream, basin, basin, basin, on, stream, stream, stream]],
    ['missing', [noStream, 'create', 'create', noStream, noStream, noStream, noStream, noStream]],
    ['deleting', [stream, stream, stream, stream, on, stream, stream, stream]],
    ['live', [on, on, on, on, on, on, on, on]],
  ]

  test.each<Line<string>>([
    ['LITE', 'basin missing', [noStream, noBasin, noBasin, noBasin, noStream, noBasin, noBasin, noBasin]],
    ['HOSTED', 'basin missing', [noBasin, noBasin, noBasin, noBasin, noBasin, noBasin, noBasin, noBasin]],
    ...same.flatMap((line): Line<string>[] => [
      ['LITE', ...line],
      ['HOSTED', ...line],
    ]),
  ])('%s: %s', (flavor, place, outcomes) => {
    const [inBasin, found] = places[place] ?? []
    const judged = operations.map((operation) => judgeStream(operation, found, inBasin, flavors[flavor]))
    expect(judged.map(outcome)).toEqual(outcomes)
  })
})

describe('a missing stream is made by its use', () => {
  const onAppend = { ...DEFAULT_BASIN_CONFIG, createStreamOnAppend: true }
  const onRead = { ...DEFAULT_BASIN_CONFIG, createStreamOnRead: true }
  const uses = (found: FoundBasin) =>
    (['append', 'read', 'check-tail'] as const).map((use) =>
      outcome(judgeStream(use, undefined, found, LITE)),
    )
  const no = 'stream_not_found'
  const pending = 'basin_deletion_pending'

  test.each([
    ['its flag', onAppend, false, ['create', no, no]],
    ['its flag', onRead, false, [no, 'create', 'create']],
    ['both flags', { ...onAppend, createStreamOnRead: true }, false, ['create', 'create', 'create']],
    ['its flag in a basin that is being deleted', onAppend, true, [pending, no, no]],
    ['its flag in a basin that is being deleted', onRead, true, [no, pending, pending]],
  ])('by %s (AUT-001 to AUT-004, AUT-012, TAIL-009)', (_what, config, deleting, outcomes) => {
    expect(uses({ deleting, config })).toEqual(outcomes)
  })
})

test.each([
  { createdAt: 5n, now: 4n, at: 5n },
  { createdAt: 5n, now: 5n, at: 5n },
  { createdAt: 5n, now: 6n, at: 6n },
])('what was made at $createdAt is deleted at $at where the clock says $now (CP-BAS-083)', (row) => {
  expect(deletedAt(row.createdAt, row.now)).toBe(row.at)
})

describe('while a basin is set up (CP-BAS-045)', () => {
  test.each<[BasinOperation | StreamOperation, boolean]>([
    ['create-basin', false],
    ['ensure-basin', false],
    ['get-basin-config', true],
    ['reconfigure-basin', true],
    ['delete-basin', true],
    ['list-streams', true],
    ['create-stream', true],
    ['ensure-stream', true],
    ['get-stream-config', true],
    ['reconfigure-stream', true],
    ['delete-stream', true],
    ['append', true],
    ['read', true],
    ['check-tail', true],
  ])('%s waits: %s', (operation, waits) => {
    expect(waitsForSetup(operation)).toBe(waits)
  })
})
