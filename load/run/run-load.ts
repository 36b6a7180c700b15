import { randomInt } from 'node:crypto'
import { answered } from '../../client/answered.ts'
import type { BasinClient } from '../../client/basin-client.ts'
import { createAccountClient } from '../../client/clients/account.ts'
import { createExchange } from '../../client/exchange.ts'
import type { Launcher } from '../../client/launch/launcher.ts'
import type { Redactor } from '../../client/redact.ts'
import type { RunTarget } from '../../client/run/run-target.ts'
import { createRecorder } from '../../client/transcript.ts'
import { UsageError } from '../../kit/usage-error.ts'
import { HEADERS, recordsPath } from '../../proto/http.ts'
import type { Calibration } from '../../reports/load/calibration.ts'
import type { LoadResult, SecondOpinion } from '../../reports/load/result.ts'
import { createFaultInjector } from '../faults/fault-injector.ts'
import { askAutocannon } from '../second-opinion/ask-autocannon.ts'
import { describeWorkload } from '../workload/describe.ts'
import type { Fault } from '../workload/fault.ts'
import { describeFault, isTargetFault } from '../workload/faults.ts'
import type { Workload } from '../workload/workload.ts'
import { askTail, TAIL_SECONDS } from './coordinator/ask-tail.ts'
import { bounded } from './coordinator/bounded-wire.ts'
import { runThreads } from './coordinator/coordinator.ts'
import type { LiveMoment } from './coordinator/live-moment.ts'
import { LoadError } from './coordinator/load-error.ts'
import { demandHttp2 } from './coordinator/needs-http2.ts'
import { targetMessage } from './coordinator/target-message.ts'
import type { Tick } from './coordinator/tick.ts'
import { forEachLimited } from './engine/for-each-limited.ts'
import type { StreamLocation, Without } from './engine/messages.ts'
import { isKnownTail } from './engine/tail.ts'
import { resultOf } from './verdict/result.ts'

export interface RunLoad {
  readonly workload: Workload
  readonly tool: string
  /** The command that started the target, for the result. */
  readonly launch?: string | undefined
  readonly interrupted: AbortSignal
  /** See `LoadParts`. */
  readonly startAtMs?: number
  /** Of this machine, to be told beside the figures. */
  readonly calibration?: Calibration | undefined
  onTick(tick: Tick): void
  /** See `LoadParts`. */
  onMoment?(moment: LiveMoment): void
  onEnd?(tick: Tick): void
  /** Whether autocannon is to append as well, when the load has ended. */
  readonly wantsSecondOpinion?: boolean
  /** See `LoadParts`. */
  readonly without?: Without
}

/** Streams that are made at a time. */
const WIDTH = 16

/**
 * Makes its own streams in the basin of the run, loads them and judges what came. Rejects with a `LoadError` for the user, or
 * with a `UsageError` for faults that this target cannot have; whoever made the target cleans it up.
 */
export async function runLoad(target: RunTarget, parts: RunLoad): Promise<LoadResult> {
  const { workload, tool, launch, interrupted, calibration } = parts
  const { connections, launcher, sharedBasin, inventory, redactor, server } = target
  demandHttp2(workload, target)
  refuseTargetFaults(workload.faults, launcher)
  const basinAsked = (requestSeconds: number, end: AbortSignal): BasinClient => {
    const wires = { http1: bounded(connections.http1), http2: bounded(connections.http2) }
    const patience = { ...connections, ...wires, requestSeconds }
    const exchange = createExchange(patience, createRecorder(redactor), end)
    return createAccountClient({ exchange, inventory, sessionHttp: '2' }).basin(sharedBasin)
  }
  const basin = basinAsked(connections.requestSeconds, interrupted)
  // The tails of a load that was interrupted are still needed for its verdict.
  const last = {
    basin: basinAsked(TAIL_SECONDS, new AbortController().signal),
    redactor,
    faults: workload.faults,
  }
  const streams = Array.from({ length: workload.streams }, () => inventory.newStreamName())
  const place = placeOf(target)
  const making = forEachLimited(streams, WIDTH, (name) => makeStream(basin, name, redactor))
  await targetMessage(place.origin, 'streams were made on it', making)
  const striker = await createFaultInjector(workload.faults, launcher, place.origin)
  const load = await runThreads({
    ...parts,
    place: { ...place, ...(striker.proxy !== undefined && { via: striker.proxy.address }) },
    ...(striker.proxy !== undefined && { proxy: striker.proxy }),
    streams,
    tag: randomInt(2 ** 32),
    // What is killed and started anew counts from nothing.
    targetCpu: () =>
      workload.faults.some(({ kind }) => kind === 'kill') ? undefined : launcher.cpuSeconds(),
    strike: (fault) => striker.strike(fault),
    tailOf: (stream) => askTail({ ...last, origin: place.origin }, streams[stream] ?? ''),
  }).finally(() => striker.end())
  const secondOpinion =
    parts.wantsSecondOpinion === true && !interrupted.aborted && load.tails.every(isKnownTail)
      ? await askAnother(basin, redactor, place, inventory.newStreamName(), workload, interrupted)
      : undefined
  return resultOf(load, workload, streams, {
    tool,
    started: new Date(load.startedMs).toISOString(),
    startAt: parts.startAtMs === undefined ? undefined : new Date(parts.startAtMs).toISOString(),
    label: connections.endpoints.label,
    server,
    launch,
    interrupted: interrupted.aborted,
    summary: describeWorkload(workload),
    secondOpinion,
    calibration,
  })
}

/** Appends as many to a stream that nobody reads. Rejects with a `LoadError`. */
async function askAnother(
  basin: BasinClient,
  redactor: Redactor,
  { origin, prefix, headers }: StreamLocation,
  name: string,
  workload: Workload,
  interrupted: AbortSignal,
): Promise<SecondOpinion> {
  const { arrival } = workload.appends
  if (arrival.kind !== 'open' || arrival.rate.kind !== 'constant')
    throw new UsageError('--second-opinion needs a constant rate')
  await targetMessage(origin, 'a stream was made on it', makeStream(basin, name, redactor))
  const { perSecond } = arrival.rate
  const url = `${origin}${prefix}${recordsPath(name)}`
  return await askAutocannon({ url, headers, workload, perSecond, interrupted })
}

/** Throws `UsageError`. */
function refuseTargetFaults(faults: readonly Fault[], { kind, forgets }: Launcher): void {
  const first = faults.find(isTargetFault)
  if (first !== undefined && kind === 'attached')
    throw new UsageError(`"${describeFault(first)}" needs a target that this run has launched: use --launch`)
  if (faults.some((fault) => fault.kind === 'kill') && forgets !== undefined)
    throw new UsageError(`a target is killed to see what it has kept, and ${forgets}`)
}

function placeOf({ connections, sharedBasin }: RunTarget): StreamLocation {
  const { endpoints, token } = connections
  const { origin, prefix } = endpoints.basin(sharedBasin)
  return {
    origin,
    prefix,
    headers: {
      ...(endpoints.basinHeader && { [HEADERS.basin]: sharedBasin }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
  }
}

async function makeStream(basin: BasinClient, name: string, redactor: Redactor): Promise<void> {
  const { status, error } = await basin.createStream(name)
  if (status !== 201)
    throw new LoadError(redactor.text(`a stream could not be made: the target ${answered(status, error)}`))
}
