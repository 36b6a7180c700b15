import { randomInt } from 'node:crypto'
import type { RunTarget } from '../../conformance/run/run-target.ts'
import type { BasinClient } from '../../conformance/target/basin-client.ts'
import { createAccountClient } from '../../conformance/target/clients/account.ts'
import { createExchange } from '../../conformance/target/exchange.ts'
import { createRecorder } from '../../conformance/target/transcript.ts'
import { HEADERS } from '../../proto/http.ts'
import type { LoadResult } from '../../reports/load/result.ts'
import { describeWorkload } from '../workload/describe.ts'
import type { Workload } from '../workload/workload.ts'
import { runThreads, type Tick } from './coordinator.ts'
import { inTurns } from './in-turns.ts'
import type { Place } from './messages.ts'
import { resultOf } from './result.ts'
import { LoadError } from './threads.ts'

export interface RunLoad {
  readonly workload: Workload
  readonly tool: string
  readonly interrupted: AbortSignal
  onTick(tick: Tick): void
  onEnd?(tick: Tick): void
}

/** Streams that are made, or asked for their tails, at a time. */
const WIDTH = 16

/**
 * Makes its own streams in the basin of the run, loads them and judges what came. Rejects with a `LoadError` for the user;
 * whoever made the target cleans it up.
 */
export async function runLoad(
  target: RunTarget,
  { workload, tool, interrupted, onTick, onEnd }: RunLoad,
): Promise<LoadResult> {
  const { connections, launcher, sharedBasin, inventory, redactor, capabilities, server } = target
  if (!capabilities.has('http2'))
    throw new LoadError('the target does not speak HTTP/2, over which the load is made')
  const { signal } = new AbortController()
  const exchange = createExchange(connections, createRecorder(redactor), signal)
  const basin = createAccountClient({ exchange, inventory, sessionHttp: '2' }).basin(sharedBasin)
  const streams = Array.from({ length: workload.streams }, () => inventory.newStreamName())
  await inTurns(streams, WIDTH, (name) => makeStream(basin, name))
  const started = new Date().toISOString()
  const tails = new Map<number, Promise<number>>()
  const load = await runThreads({
    workload,
    place: placeOf(target),
    streams,
    tag: randomInt(2 ** 32),
    interrupted,
    onTick,
    targetCpu: () => launcher.cpuSeconds(),
    ...(onEnd !== undefined && { onEnd }),
    tailOf: (stream) => {
      const asked = tails.get(stream) ?? askTail(basin, streams[stream] ?? '')
      tails.set(stream, asked)
      return asked
    },
  })
  return resultOf(load, workload, streams, {
    tool,
    started,
    label: connections.endpoints.label,
    server,
    interrupted: interrupted.aborted,
    summary: describeWorkload(workload),
  })
}

function placeOf({ connections, sharedBasin }: RunTarget): Place {
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

async function makeStream(basin: BasinClient, name: string): Promise<void> {
  const { status, error } = await basin.createStream(name)
  if (status !== 201)
    throw new LoadError(`a stream could not be made: ${status} ${error?.code ?? 'without a code'}`)
}

async function askTail(basin: BasinClient, name: string): Promise<number> {
  const { value, status, error } = await basin.stream(name).checkTail()
  if (value === undefined)
    throw new LoadError(`a tail could not be asked for: ${status} ${error?.code ?? 'without a code'}`)
  return Number(value.seqNum)
}
