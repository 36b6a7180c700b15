import { isPutHere } from '../../client/command/plan-target.ts'
import { isLoopback } from '../../client/endpoints.ts'
import type { Given, Io } from '../../kit/cli/command.ts'
import { UsageError } from '../../kit/usage-error.ts'
import { type Estimate, estimate } from '../workload/estimate.ts'
import { parseAmount } from '../workload/units.ts'
import type { Workload } from '../workload/workload.ts'

/** What somebody has said about loading a target. */
export interface Consent {
  /** The target, where it is not on this machine. */
  readonly far: string | undefined
  readonly maxBytes: number | undefined
  /** The option that says how many appends a second there are at the most, and whether it was given. */
  readonly rateOption: RateOption
  readonly hasRate: boolean
  readonly isYes: boolean
}

type RateOption = 'rate' | 'to'

/** Throws a `UsageError`. */
export const consentFrom = (given: Given, rateOption: RateOption = 'rate'): Consent => ({
  far: isPutHere(given)
    ? undefined
    : ENDPOINTS.map((name) => given.text(name)).find((url) => url !== undefined && !isLoopback(url)),
  maxBytes: maxBytesFrom(given),
  rateOption,
  hasRate: given.text(rateOption) !== undefined,
  isYes: given.flag('yes'),
})

const ENDPOINTS = ['endpoint', 'account-endpoint', 'basin-endpoint'] as const

function maxBytesFrom(given: Given): number | undefined {
  const text = given.text('max-bytes')
  return text === undefined ? undefined : parseAmount(text, '--max-bytes', 1)
}

/**
 * What a load will move, as a sentence; throws a `UsageError` where it is more than was allowed, or where a machine that
 * is not this one would be loaded and nobody has said how much of that is meant.
 */
export function demandConsent(
  { far, maxBytes, rateOption, hasRate, isYes }: Consent,
  workload: Workload,
  wantsSecondOpinion: boolean,
): string {
  const expected = estimate(workload, wantsSecondOpinion)
  const volume = (expected.appendedBytes ?? 0) + (expected.readBytes ?? 0)
  if (maxBytes !== undefined && expected.appendedBytes === undefined)
    throw new UsageError('--max-bytes needs a rate: how much a closed loop moves is told by the target')
  if (maxBytes !== undefined && volume > maxBytes)
    throw new UsageError(`${describe(expected)}: that is more than --max-bytes ${maxBytes}`)
  const isAllowed = isYes || (maxBytes !== undefined && hasRate)
  // Without an end of the search what is expected is of no rate that anybody means.
  if (far !== undefined && !isAllowed && rateOption === 'to' && !hasRate)
    throw new UsageError(
      `${far} is not on this machine, and somebody may pay for it. Say with --to how far the search may go, and --max-bytes, or --yes`,
    )
  if (far !== undefined && !isAllowed)
    throw new UsageError(
      `${far} is not on this machine, and somebody may pay for it. ${describe(expected)}. Give --${rateOption} and --max-bytes, or --yes`,
    )
  return describe(expected)
}

/** Says it before the load begins to whoever looks, and into the log wherever it may cost something. */
export function reportVolume(volume: string, { far }: Consent, io: Io): void {
  if (io.isInteractive || far !== undefined) io.err(`${volume}\n`)
}

function describe({ appends, appendedBytes, readBytes }: Estimate): string {
  if (appends === undefined || appendedBytes === undefined || readBytes === undefined)
    return 'this load appends as much as the target takes, and reads all of it'
  const mib = (bytes: number): string => `${(bytes / 1024 ** 2).toFixed(1)} MiB`
  return `this load makes ${appends.toLocaleString('en')} appends of ${mib(appendedBytes)} and reads ${mib(readBytes)}`
}
