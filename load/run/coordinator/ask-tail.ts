import { answered } from '../../../client/answered.ts'
import type { BasinClient } from '../../../client/basin-client.ts'
import { ConformanceFailure } from '../../../client/failures.ts'
import type { Redactor } from '../../../client/redact.ts'
import { TargetError } from '../../../client/target-error.ts'
import type { Fault } from '../../workload/fault.ts'
import type { Tail } from '../engine/tail.ts'

/** Longest wait for a tail, in seconds: as long as for an append, since there is nothing more to come of a target that hangs. */
export const TAIL_SECONDS = 10

/** Whom to ask, and what was done to it on purpose. */
export interface TailQuery {
  readonly basin: BasinClient
  readonly origin: string
  readonly faults: readonly Fault[]
  readonly redactor: Redactor
}

/**
 * Asks where a stream ends when the load has ended. A target that is gone by then is no reason to throw away what was
 * measured before. One that was killed on purpose may have forgotten the stream itself: then it ends at 0, and all that
 * was acknowledged is lost.
 */
export async function askTail({ basin, origin, faults, redactor }: TailQuery, name: string): Promise<Tail> {
  const target = `the target at ${origin}`
  try {
    const { value, status, error } = await basin.stream(name).checkTail()
    if (value !== undefined) return Number(value.seqNum)
    if (status === 404 && faults.some(({ kind }) => kind === 'kill')) return 0
    const why = `${target} ${answered(status, error)} when it was asked where a stream ends`
    return { why: redactor.text(why) }
  } catch (error) {
    if (error instanceof ConformanceFailure)
      return { why: redactor.text(`${target} did not say where a stream ends: ${error.message}`) }
    if (error instanceof TargetError) return { why: `${target} ${absence(error)}` }
    throw error
  }
}

function absence({ code, message }: TargetError): string {
  switch (code) {
    case 'refused':
    case 'cut':
      return `was gone when the load ended: ${message}`
    case 'timeout':
      return `did not answer within ${TAIL_SECONDS} s when the load ended`
    default:
      return `gave no answer that can be read when the load ended: ${message}`
  }
}
