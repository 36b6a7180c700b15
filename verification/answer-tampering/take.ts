import { createInventory } from '../../client/inventory.ts'
import type { RunTarget } from '../../client/run/run-target.ts'
import type { Watch } from '../../client/watch.ts'
import { recordWire } from '../../client/wire/record-wire.ts'
import type { Check, CheckResult } from '../../conformance/run/run-check.ts'
import { runCheck } from '../../conformance/run/run-check.ts'
import { recordClock } from './record-clock.ts'
import { recordFaults, replayFaults } from './recorded-faults.ts'
import { emptyRecording, type Recording } from './recording.ts'
import { Diverged, replayClock, replayWire } from './replay-wire.ts'
import { Schedule } from './schedule.ts'
import type { HealthyTarget } from './server.ts'

const SEED = 1

export interface Take {
  readonly recording: Recording
  readonly result: CheckResult
}

/** Runs a check against the server, names of its own included, and writes down what it was told. */
export async function record(healthy: HealthyTarget, check: Check, name: string): Promise<Take> {
  const recording = emptyRecording()
  const begun = healthy.clock.now()
  const now = (): number => healthy.clock.now() - begun
  const { connections } = healthy.target
  const target: RunTarget = {
    ...healthy.target,
    inventory: createInventory(name),
    connections: {
      ...connections,
      http1: recordWire(connections.http1, recording.exchanges, now),
      http2: recordWire(connections.http2, recording.exchanges, now),
      faulty: recordFaults(connections.faulty, recording, now),
    },
  }
  const clock = recordClock(healthy.clock, recording, now)
  const signal = new AbortController().signal
  return { recording, result: await runCheck(target, check, { clock, ...JUDGING, signal }) }
}

const JUDGING = { seed: SEED, profile: 'core', thorough: false } as const

/** Runs a check against the server under watch. */
export async function play(
  healthy: HealthyTarget,
  check: Check,
  name: string,
  watch: Watch,
): Promise<CheckResult> {
  const target = { ...healthy.target, inventory: createInventory(name) }
  const signal = new AbortController().signal
  return await runCheck(target, check, { clock: healthy.clock, ...JUDGING, signal, watch })
}

/** Runs a check against what was recorded, in no time; `Diverged` where it asks for more than that. */
export async function replay(
  healthy: HealthyTarget,
  check: Check,
  name: string,
  recording: Recording,
  watch: Watch,
): Promise<CheckResult | Diverged> {
  const end = new AbortController()
  const schedule = new Schedule()
  let diverged: Diverged | undefined
  const onDiverged = (why: Diverged): void => {
    diverged ??= why
    end.abort(why)
  }
  const wire = replayWire(recording, schedule, onDiverged)
  const connections = {
    ...healthy.target.connections,
    http1: wire,
    http2: wire,
    faulty: replayFaults(wire, recording),
  }
  const target: RunTarget = {
    ...healthy.target,
    connections,
    inventory: createInventory(name),
    launcher: { ...healthy.target.launcher, kill: nothing, stop: nothing, start: nothing },
  }
  const clock = replayClock(recording, schedule)
  const running = runCheck(target, check, { clock, ...JUDGING, signal: end.signal, watch })
  const [result] = await Promise.all([
    running.finally(() => schedule.stop()),
    schedule.run(() => onDiverged(new Diverged('what happens next'))),
  ])
  return diverged ?? result
}

const nothing = (): Promise<void> => Promise.resolve()
