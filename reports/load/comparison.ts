import type { Culprit, Integrity, LoadVerdict, Machine } from './result.ts'

/**
 * How two sides compare under one load, as `s2-load ab` and `s2-load compare` write it to JSON. Latencies in microseconds, rates
 * per second, bytes of record bodies; changes are parts: 0.1 for 10 % more on the side of `head`.
 */
export interface LoadComparison {
  readonly format: 's2-load-comparison'
  readonly version: 1
  /** Of the tool. */
  readonly tool: string
  /** RFC 3339. */
  readonly started: string
  readonly workload: object
  /** One line for people. */
  readonly summary: string
  readonly base: ComparedSide
  readonly head: ComparedSide
  /** What the intervals are resampled from, in words. */
  readonly blocks: string
  /** The smallest change that matters. */
  readonly minEffect: number
  /** Of every interval. */
  readonly confidence: number
  /** Of the resampling: the same rounds and the same seed give the same intervals. */
  readonly seed: number
  readonly outcome: ComparisonOutcome
  /** What the outcome hangs on, the most important first; empty where nothing is to be said. */
  readonly reasons: readonly string[]
  /** What the intervals do not cover. */
  readonly notes: readonly string[]
  readonly metrics: readonly ComparedMetric[]
  readonly rounds: readonly ComparedRound[]
}

export const COMPARISON_OUTCOMES = [
  'no-regression',
  'regression',
  'violation',
  'too-noisy',
  'invalid',
  'interrupted',
] as const
export type ComparisonOutcome = (typeof COMPARISON_OUTCOMES)[number]

export interface ComparedSide {
  /** How it was launched, or the files it came from. */
  readonly label: string
  readonly server?: string
  /** That made the load. */
  readonly machines: readonly Machine[]
  /** Rounds that count. */
  readonly rounds: number
}

/** A value with the interval that resampling gives it. */
export interface Bounded {
  readonly value: number
  readonly low: number
  readonly high: number
}

export const DECISIONS = ['regressed', 'improved', 'no-difference', 'too-noisy'] as const
export type Decision = (typeof DECISIONS)[number]

export interface ComparedMetric {
  /** `response-p99`, `append-rate`, `server-cpu`. */
  readonly name: string
  readonly unit: 'µs' | 'appends/s' | 'bytes/s' | 'µs/record'
  readonly better: 'smaller' | 'bigger'
  /** Whether the outcome is open while this is too noisy to tell. The others can accuse, and no more. */
  readonly isRequired: boolean
  readonly base: Bounded
  readonly head: Bounded
  /** Of head against base. */
  readonly change: Bounded
  /** By how much base differs from itself at most, measured in the same way. Absent where it was not measured. */
  readonly noise?: number
  readonly decision: Decision
  /** Of all rounds of the comparison anew, after a regression was found; what it does not show again does not count. */
  readonly rerun?: { readonly change: Bounded; readonly decision: Decision }
}

export interface ComparedRound {
  /** `noise`: the A/A run, base against base; `compare`: base against head; `confirm`: that again. */
  readonly phase: 'noise' | 'compare' | 'confirm'
  readonly side: 'base' | 'head'
  /** Of both servers in this phase, counted from 0; rounds of one launch are resampled together. Absent for finished results. */
  readonly launch?: number
  readonly verdict: LoadVerdict
  readonly reasons: readonly string[]
  /** Of each of the reasons, whose doing it is; absent where there are none, or it is not known. */
  readonly reasonsOf?: readonly Culprit[]
  /** All of the reasons are of others on this machine. */
  readonly sharedMachine?: true
  readonly integrity: Integrity
  /** By metric. */
  readonly values: Readonly<Record<string, number>>
}
