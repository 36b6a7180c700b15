import type { Given, Io } from '../../conformance/cli/command.ts'
import { isLoopback } from '../../conformance/target/endpoints.ts'
import { UsageError } from '../../conformance/usage-error.ts'
import { type Estimate, estimate } from '../workload/estimate.ts'
import { parseAmount } from '../workload/units.ts'
import type { Workload } from '../workload/workload.ts'

/**
 * What a load will move, as a sentence; throws a `UsageError` where it is more than was allowed, or where a machine that
 * is not this one would be loaded and nobody has said how much of that is meant.
 */
export function demandConsent(given: Given, workload: Workload): string {
  const expected = estimate(workload, given.flag('second-opinion'))
  const limit = limitOf(given)
  const volume = (expected.appendedBytes ?? 0) + (expected.readBytes ?? 0)
  if (limit !== undefined && expected.appendedBytes === undefined)
    throw new UsageError('--max-bytes needs a rate: how much a closed loop moves is told by the target')
  if (limit !== undefined && volume > limit)
    throw new UsageError(`${describe(expected)}: that is more than --max-bytes ${limit}`)
  const isAllowed = given.flag('yes') || (limit !== undefined && given.text('rate') !== undefined)
  const far = farFrom(given)
  if (far !== undefined && !isAllowed)
    throw new UsageError(
      `${far} is not on this machine, and somebody may pay for it. ${describe(expected)}. Give --rate and --max-bytes, or --yes`,
    )
  return describe(expected)
}

/** Says it before the load begins to whoever looks, and into the log wherever it may cost something. */
export function tellVolume(volume: string, given: Given, io: Io): void {
  if (io.isInteractive || farFrom(given) !== undefined) io.err(`${volume}\n`)
}

/** The target, where it is not on this machine. */
const farFrom = (given: Given): string | undefined =>
  given.text('launch') === undefined
    ? ENDPOINTS.map((name) => given.text(name)).find((url) => url !== undefined && !isLoopback(url))
    : undefined

const ENDPOINTS = ['endpoint', 'account-endpoint', 'basin-endpoint'] as const

function limitOf(given: Given): number | undefined {
  const text = given.text('max-bytes')
  return text === undefined ? undefined : parseAmount(text, '--max-bytes', 1)
}

function describe({ appends, appendedBytes, readBytes }: Estimate): string {
  if (appends === undefined || appendedBytes === undefined || readBytes === undefined)
    return 'this load appends as much as the target takes, and reads all of it'
  const mib = (bytes: number): string => `${(bytes / 1024 ** 2).toFixed(1)} MiB`
  return `this load makes ${appends.toLocaleString('en')} appends of ${mib(appendedBytes)} and reads ${mib(readBytes)}`
}
