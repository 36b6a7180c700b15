import { FAULT_NAMES, type Fault } from './faults.ts'
import type { Evidence } from './judge.ts'
import type { Outcome } from './simulate.ts'

/** What many runs came to. */
export interface Tally {
  readonly seeds: number
  readonly operations: number
  readonly events: number
  readonly lives: number
  /** Virtual milliseconds. */
  readonly time: number
  readonly faults: ReadonlyMap<Fault, number>
  readonly evidence: Evidence
  /** Runs in which something was found. */
  readonly failed: readonly Outcome[]
}

/** So many seeds are expected to meet every fault. */
export const ENOUGH_SEEDS = 300

export const EMPTY_TALLY: Tally = {
  seeds: 0,
  operations: 0,
  events: 0,
  lives: 0,
  time: 0,
  faults: new Map(),
  evidence: {
    histories: 0,
    overlaps: 0,
    acknowledged: 0,
    refusals: 0,
    unknown: 0,
    unknownKept: 0,
    followers: 0,
  },
  failed: [],
}

export function add(tally: Tally, outcome: Outcome): Tally {
  const sum = (one: number, other: number): number => one + other
  const { evidence } = tally
  const more = outcome.evidence
  return {
    seeds: tally.seeds + 1,
    operations: tally.operations + outcome.operations,
    events: tally.events + outcome.events,
    lives: tally.lives + outcome.lives,
    time: tally.time + outcome.time,
    faults: new Map(
      FAULT_NAMES.map((name) => [name, sum(tally.faults.get(name) ?? 0, outcome.faults.get(name) ?? 0)]),
    ),
    evidence: {
      histories: sum(evidence.histories, more.histories),
      overlaps: sum(evidence.overlaps, more.overlaps),
      acknowledged: sum(evidence.acknowledged, more.acknowledged),
      refusals: sum(evidence.refusals, more.refusals),
      unknown: sum(evidence.unknown, more.unknown),
      unknownKept: sum(evidence.unknownKept, more.unknownKept),
      followers: sum(evidence.followers, more.followers),
    },
    failed: outcome.violations.length === 0 ? tally.failed : [...tally.failed, outcome],
  }
}

/** Faults that never struck: "nothing was found" says nothing of those. */
export const neverStruck = ({ faults }: Tally): readonly Fault[] =>
  FAULT_NAMES.filter((name) => (faults.get(name) ?? 0) === 0)

export function describeTally(tally: Tally): string {
  const { evidence } = tally
  const crashes = [...tally.faults]
    .filter(([name]) => isCrash(name))
    .reduce((sum, [, count]) => sum + count, 0)
  return [
    ...[...tally.faults].map(([name, count]) => `${String(count).padStart(8)}  ${name}`),
    `${tally.seeds} seeds, ${tally.operations} operations, ${tally.events} events, ${tally.time} virtual ms`,
    `${tally.lives} lives, ${crashes} crashes`,
    `${evidence.histories} histories, ${evidence.overlaps} overlapping pairs, ${evidence.followers} followers at the tail in the end`,
    `${evidence.acknowledged} acknowledged batches, all looked for; ${evidence.refusals} refused for a condition`,
    `${evidence.unknown} batches without an answer, of which ${evidence.unknownKept} are there`,
  ].join('\n')
}

const isCrash = (name: Fault): boolean => name.startsWith('kill') || name.startsWith('power cut')
