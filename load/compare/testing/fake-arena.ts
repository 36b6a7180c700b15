import type { LoadResult } from '../../../reports/load/result.ts'
import { latencyOf } from '../../measure/latency.ts'
import type { Arena, Phase } from '../gate.ts'
import type { Side } from '../play-rounds.ts'
import { makeRounds, seeded } from './synthetic.ts'

/** A result of a run that never was, of a server that is slower by this factor. */
export function fakeResult(seed: number, slow = 1, spread = 0.002): LoadResult {
  const [round] = makeRounds({ rounds: 1, slow, spread, random: seeded(seed), samples: 2000 })
  const response = round === undefined ? undefined : latencyOf(round.latencies.response ?? NOTHING)
  const perSecond = { appends: 1000 / slow, records: 1000 / slow, bytes: 1e6 / slow }
  return {
    format: 's2-load',
    version: 1,
    tool: 's2-load test',
    started: '2026-11-25T08:00:00.000Z',
    target: { label: 'http://127.0.0.1:1', server: `server ${slow}` },
    machines: [{ cpus: 2, model: 'a model', memoryBytes: 1, platform: 'none', node: '24' }],
    workload: { name: 'default', streams: 1, appends: { batch: { least: 1, most: 10 } }, seed: 1 },
    summary: 'a load that never was',
    verdict: 'VALID',
    reasons: [],
    interrupted: false,
    integrity: { verdict: 'verified', recordsRead: 1, readers: 1, violations: {}, first: [], notes: [] },
    appends: {
      seconds: 10,
      acked: Math.round(10_000 / slow),
      perSecond,
      refused: 0,
      unknown: 0,
      unfinished: 0,
      heldBack: 0,
      endings: {},
    },
    latencies: response === undefined ? {} : { response },
    series: Array.from({ length: 10 }, (_, second) => ({
      at: second + 1,
      ...perSecond,
      read: 0,
      response: {
        p50: Math.round((2000 + second) * slow),
        p99: Math.round((4000 + second) * slow),
        greatest: Math.round(5000 * slow),
      },
    })),
    generator: { threads: [], stalled: 0, machineBusy: 0 },
  }
}

const NOTHING = { count: 0, sum: 0, least: 0, greatest: 0, clipped: 0, counts: new Float64Array(0) }

/** Of a server that refuses every append at once: the times of that are short, and no rate is left. */
export function refusingResult(seed: number): LoadResult {
  const { appends, series, ...result } = fakeResult(seed, 0.1)
  const nothing = { appends: 0, records: 0, bytes: 0 }
  return {
    ...result,
    verdict: 'SUSPECT',
    reasons: ['10000 appends were refused'],
    appends: { ...appends, acked: 0, perSecond: nothing, refused: 10_000 },
    series: series.map((second) => ({ ...second, ...nothing })),
  }
}

export const violatedResult = (seed: number): LoadResult => ({
  ...fakeResult(seed),
  integrity: {
    verdict: 'violated',
    recordsRead: 9,
    readers: 1,
    violations: { gap: 1 },
    first: [{ anomaly: 'gap', stream: 's', seqNum: 7, what: 'record 8 came after record 6' }],
    notes: [],
  },
})

export interface FakeRound {
  /** Counted from 1: which of the phases, and which round of both sides in it. */
  readonly phase: number
  readonly round: number
  /** Counted from 0. */
  readonly launch: number
  /** Which server plays. */
  readonly server: Side
  /** Which side it plays. */
  readonly side: Side
}

/** Plays rounds by a function, and keeps the order in which they were asked for. */
export function fakeArena(play: (round: FakeRound) => LoadResult | Promise<LoadResult>): {
  readonly arena: Arena
  readonly played: readonly FakeRound[]
} {
  const played: FakeRound[] = []
  return {
    played,
    arena: {
      open(start, use) {
        const phase = PHASES.indexOf(start.phase) + 1
        const player = (side: Side) => async () => {
          const before = played.filter((each) => each.phase === phase).length
          const round = { phase, launch: start.number, round: before + 1, server: start[side], side }
          played.push(round)
          return await play(round)
        }
        return use({ base: player('base'), head: player('head') })
      },
    },
  }
}

const PHASES: readonly Phase[] = ['noise', 'compare', 'confirm']
