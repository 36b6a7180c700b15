import { createRandom, type Random } from '../../../kit/random.ts'
import { RECORDER_BYTES, Recorder } from '../../measure/recorder.ts'
import { normal } from '../../workload/choices.ts'
import type { Round } from '../round.ts'

export interface Made {
  readonly rounds: number
  /** Of a latency; 1.1 is a server slowed by 10 %. */
  readonly slow?: number
  /** By how much rounds of one server differ, as a deviation: 0.01 for 1 %. */
  readonly spread: number
  readonly random: Random
  readonly samples?: number
}

/** Rounds of a server whose latencies are log-normal around 2 ms, each round a little off in its own way. */
export function makeRounds({ rounds, slow = 1, spread, random, samples = 400 }: Made): readonly Round[] {
  return Array.from({ length: rounds }, () => {
    const factor = slow * Math.exp(spread * normal(random))
    const recorder = new Recorder(new ArrayBuffer(RECORDER_BYTES))
    for (let sample = 0; sample < samples; sample++)
      recorder.record(2000 * factor * Math.exp(0.3 * normal(random)))
    return {
      latencies: { response: recorder.snapshot() },
      rates: { 'append-rate': { amount: 1000 / factor, per: 1 } },
    }
  })
}

export const seeded = (seed: number): Random => createRandom(seed * 7919 + 1)
