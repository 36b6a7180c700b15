import type { FaultFigures, PhaseFigures } from '../../../reports/load/result.ts'
import type { LoadSnapshot, PlayedFault } from '../../faults/fault-schedule.ts'
import type { Gap } from '../../faults/gap-log.ts'
import { SECOND_US } from '../../measure/clock.ts'
import { NO_COUNTS, since } from '../../measure/counts.ts'
import { describeFault } from '../../workload/faults.ts'
import type { Load } from '../coordinator/coordinator.ts'
import { quantilesOf } from '../coordinator/interval.ts'

type Told = Pick<Load, 'faults' | 'gaps' | 'fromUs' | 'untilUs' | 'end' | 'measured'>

/** What came of each fault, told from how the load stood around it and from when no thread had an ack. */
export const faultFigures = (load: Told): readonly FaultFigures[] =>
  load.faults.map((played) => figuresOf(played, load))

function figuresOf({ fault, struck }: PlayedFault, load: Told): FaultFigures {
  const base = { what: describeFault(fault), kind: fault.kind, plannedAt: fault.at }
  const nothing = { refused: 0, unknown: 0, longestGapUs: 0 }
  if (struck === undefined) return { ...base, ...nothing, met: 'the load had ended before' }
  const { fired, blow, ended, recovered } = struck
  if (!blow.hit) return { ...base, ...nothing, met: blow.what }
  const at = (us: number): number => Math.max(0, (us - load.fromUs) / SECOND_US)
  const endUs = recovered?.atUs ?? load.untilUs
  const last = recovered ?? lastOf(load)
  const firstAckUs = firstAckAfter(ended.atUs, load)
  return {
    ...base,
    firedAt: at(fired.atUs),
    endedAt: at(ended.atUs),
    ...(recovered !== undefined && { recoveredAt: at(recovered.atUs) }),
    met: blow.what,
    refused: last.refused - fired.refused,
    unknown: last.unknown - fired.unknown,
    longestGapUs: longestWithin(load.gaps, fired.atUs, endUs),
    ...(firstAckUs !== undefined && { firstAckUs }),
    ...phasesOf(fired, recovered, load),
  }
}

const longestWithin = (gaps: readonly Gap[], fromUs: number, toUs: number): number =>
  gaps
    .filter((gap) => gap.toUs > fromUs && gap.fromUs < toUs)
    .reduce((longest, gap) => Math.max(longest, gap.toUs - gap.fromUs), 0)

/** 0 where acks came all the time; undefined where none came to the end. */
function firstAckAfter(timeUs: number, { gaps, untilUs }: Told): number | undefined {
  if (timeUs >= untilUs) return undefined
  const gap = gaps.find(({ fromUs, toUs }) => fromUs <= timeUs && toUs > timeUs)
  if (gap === undefined) return 0
  return gap.toUs >= untilUs ? undefined : gap.toUs - timeUs
}

function phasesOf(
  fired: LoadSnapshot,
  recovered: LoadSnapshot | undefined,
  load: Told,
): Pick<FaultFigures, 'before' | 'during' | 'after'> {
  const earlier = load.faults
    .flatMap(({ struck }) => struck?.recovered ?? [])
    .filter(({ atUs }) => atUs <= fired.atUs)
  const before = earlier.toSorted((one, other) => one.atUs - other.atUs).at(-1)
  const end = lastOf(load)
  const during = phase(fired, recovered ?? end)
  const first = phase(before ?? firstOf(load), fired)
  if (recovered === undefined) return { before: first, during }
  const next = load.faults
    .flatMap(({ struck }) => struck?.fired ?? [])
    .find(({ atUs }) => atUs >= recovered.atUs)
  return { before: first, during, after: phase(recovered, next ?? end) }
}

const NOBODY = {
  ...{ begun: 0, acked: 0, inFlight: 0, refused: 0, unknown: 0, response: NO_COUNTS },
  ...{ waited: 0, heldBack: 0, samples: 0, stalledSamples: 0, readersCut: 0 },
}

/** At the first moment that counts. */
function firstOf({ measured, fromUs }: Told): LoadSnapshot {
  if (measured === undefined) return { ...NOBODY, atUs: fromUs }
  const { counted, timed } = measured.first.numbers
  const { acked, refused, unknown } = counted
  return { ...NOBODY, atUs: fromUs, acked, refused, unknown, response: timed.response }
}

/** At the last; what failed only after it had still been begun before. */
export function lastOf({ measured, untilUs, end }: Pick<Load, 'measured' | 'untilUs' | 'end'>): LoadSnapshot {
  const { counted, timed } = measured?.last.numbers ?? end
  return { ...end.counted, atUs: untilUs, acked: counted.acked, response: timed.response }
}

function phase(from: LoadSnapshot, to: LoadSnapshot): PhaseFigures {
  const seconds = Math.max(0, to.atUs - from.atUs) / SECOND_US
  const response = quantilesOf(since(from.response, to.response))
  const failed = to.refused + to.unknown - from.refused - from.unknown
  return {
    seconds,
    appends: seconds === 0 ? 0 : (to.acked - from.acked) / seconds,
    ...(failed > 0 && { failed }),
    ...(response !== undefined && { response }),
  }
}
