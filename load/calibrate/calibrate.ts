import { endingOf } from '../../client/run/stop-signal.ts'
import { VERSION } from '../../kit/version.ts'
import type { Calibration, CeilingName, Rates, Span } from '../../reports/load/calibration.ts'
import { valueAt } from '../measure/counts.ts'
import type { Counts } from '../measure/recorder.ts'
import type { Load } from '../run/coordinator/coordinator.ts'
import { thisMachine } from '../run/verdict/this-machine.ts'
import type { WorkloadFields } from '../workload/parse.ts'
import { loadNull } from './load-null.ts'
import { MEASUREMENTS, PACED } from './measurements.ts'

/**
 * What the generator can do on this machine, against a server that does next to nothing on another core: each in a run of
 * its own of about so many seconds. Rejects with a `RunEnded` when it is interrupted: part of a calibration is of no use.
 */
export async function calibrate(
  seconds: number,
  onStep: (what: string) => void,
  interrupted: AbortSignal = new AbortController().signal,
): Promise<Calibration> {
  const length = { duration: seconds, warmup: seconds / 4 }
  const run = async (fields: WorkloadFields): Promise<Load> => {
    if (interrupted.aborted) throw endingOf(interrupted)
    const load = await loadNull({ ...fields, ...length }, undefined, interrupted).catch((error: unknown) => {
      throw interrupted.aborted ? endingOf(interrupted) : error
    })
    if (interrupted.aborted) throw endingOf(interrupted)
    return load
  }
  const measure = async (name: CeilingName): Promise<Rates> => {
    const { what, fields, rates } = MEASUREMENTS[name]
    onStep(what)
    return rates(await run(fields))
  }
  // One after the other: each has the machine for itself.
  const ceilings = {
    'append-bytes': await measure('append-bytes'),
    'append-records': await measure('append-records'),
    'append-singles': await measure('append-singles'),
    'unary-proto': await measure('unary-proto'),
    'read-bytes': await measure('read-bytes'),
    'read-records': await measure('read-records'),
  }
  onStep('unary appends at a rate')
  const { response, lag } = (await run(PACED)).end.timed
  return {
    format: 's2-load-calibration',
    version: 1,
    tool: `s2-load ${VERSION}`,
    measured: new Date().toISOString(),
    machine: thisMachine(),
    ceilings,
    floor: spanOf(response),
    lag: spanOf(lag),
  }
}

const spanOf = (counts: Counts): Span => ({ p50: valueAt(counts, 0.5) ?? 0, p99: valueAt(counts, 0.99) ?? 0 })
