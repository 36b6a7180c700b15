import type { Timestamp } from '../../proto/types.ts'
import type { Services } from './services.ts'

/** Has the sweep come when a batch that is kept until then can be removed. */
export function sweepAfter(
  { options, sweepAlarm }: Pick<Services, 'options' | 'sweepAlarm'>,
  keptUntil: Timestamp | undefined,
): void {
  if (keptUntil !== undefined) sweepAlarm.want(keptUntil + BigInt(options.trimDelay) + 1n)
}
