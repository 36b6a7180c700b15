import type { RunTarget } from '../../../client/run/run-target.ts'
import { traitsOf } from '../../workload/append-transport.ts'
import type { Workload } from '../../workload/workload.ts'
import { LoadError } from './load-error.ts'

/** What of a workload goes over HTTP/2, in words with the options that say otherwise. */
export function whatNeedsHttp2({ appends, tail, catchUp, checkTails }: Workload): readonly string[] {
  return [
    ...(traitsOf(appends.transport).needsHttp2 ? [`appends (--transport ${appends.transport})`] : []),
    ...(tail.readers === 0 ? [] : ['readers at the tail (--readers)']),
    ...(catchUp.readers === 0 ? [] : ['readers that catch up (--catch-up)']),
    ...(checkTails === 0 ? [] : ['requests for a tail (--check-tails)']),
  ]
}

/** Throws `LoadError` where the load would go over HTTP/2 and the target is not known to speak it. */
export function demandHttp2(
  workload: Workload,
  { capabilities, absent, undecided }: Pick<RunTarget, 'capabilities' | 'absent' | 'undecided'>,
): void {
  const what = whatNeedsHttp2(workload)
  if (capabilities.has('http2') || what.length === 0) return
  const unknown = undecided.get('http2')
  const found =
    unknown === undefined
      ? `the target does not speak HTTP/2 (${absent.get('http2')})`
      : `whether the target speaks HTTP/2 could not be found out (${unknown})`
  throw new LoadError(
    `${found}, which this load needs for its ${what.join(', ')}: only appends of --transport h1-json go over HTTP/1.1`,
  )
}
