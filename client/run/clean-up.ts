import { sleep } from '../../kit/clock.ts'
import { messageOf } from '../../kit/message-of.ts'
import { runPool } from '../../kit/pool.ts'
import { howMany } from '../../kit/text/how-many.ts'
import { accessTokenPath, basinPath, streamPath } from '../../proto/http.ts'
import { createAccountClient } from '../clients/account.ts'
import { createSendRaw } from '../clients/raw.ts'
import { type Connections, createExchange, type Exchange } from '../exchange.ts'
import { createInventory, type Inventory } from '../inventory.ts'
import type { OnlyBasin } from '../only-basin.ts'
import type { SendRaw } from '../raw.ts'
import type { Redactor } from '../redact.ts'
import { createRecorder } from '../transcript.ts'
import { countUnanswered } from '../unanswered.ts'

const WIDTH = 8
const REQUEST_SECONDS = 5
const TOTAL_SECONDS = 30

/**
 * Deletes the basins of the inventory, and with them their streams, and revokes its tokens. Whatever the target does it
 * ends in time, and what could not be deleted becomes a note: deletion may be the very thing that is broken.
 */
export async function cleanUp(
  connections: Connections,
  inventory: Inventory,
  redactor: Redactor,
  totalSeconds: number = TOTAL_SECONDS,
): Promise<readonly string[]> {
  const end = new AbortController()
  const { clock } = connections
  const cancel = clock.after(totalSeconds * 1000, () => end.abort(new Error('clean-up took too long')))
  const exchange = createExchange(
    {
      ...connections,
      requestSeconds: Math.min(REQUEST_SECONDS, connections.requestSeconds),
      unanswered: countUnanswered(WIDTH, () => end.abort(new Error('the target does not answer'))),
    },
    createRecorder(redactor),
    end.signal,
  )
  const { only } = connections
  // With a basin of somebody else none was made.
  const names = only === undefined ? inventory.basins() : []
  const basins = names.map((name): Made => ({ name, path: basinPath(name) }))
  const streams = only === undefined ? [] : await streamsLeft(exchange, only)
  const tokens = inventory.tokens().map((name): Made => ({ name, path: accessTokenPath(name) }))
  const notes = [
    streams === undefined
      ? `streams could not be listed, and may be left in ${only?.name}: their names begin with ${only?.prefix}`
      : await deleteAll(exchange, 'streams', streams, only?.name),
    await deleteAll(exchange, 'basins', basins),
    await deleteAll(exchange, 'access tokens', tokens),
  ]
  cancel()
  return notes.flatMap((note) => (note === undefined ? [] : [redactor.text(note)]))
}

/** Streams of the run in a basin that stays; a basin of the run takes its streams with it. Undefined: they cannot be listed. */
async function streamsLeft(
  exchange: Exchange,
  { name, prefix }: OnlyBasin,
): Promise<readonly Made[] | undefined> {
  const { basin } = createAccountClient({
    exchange,
    inventory: createInventory('cleanup'),
    sessionHttp: '1.1',
  })
  const names: string[] = []
  try {
    for (let after: string | undefined; ; ) {
      const query = { prefix, ...(after !== undefined && { start_after: after }) }
      const { value } = await basin(name).listStreams(query)
      if (value === undefined) return undefined
      names.push(...value.streams.filter(({ deleted_at }) => deleted_at == null).map((stream) => stream.name))
      after = value.streams.at(-1)?.name
      if (!value.has_more || after === undefined) break
    }
  } catch {
    return undefined
  }
  return names.map((stream) => ({ name: stream, path: streamPath(stream) }))
}

/** Something that the run made, and where it is deleted. */
interface Made {
  readonly name: string
  readonly path: string
}

/** The note on what is left, if anything is. */
async function deleteAll(
  exchange: Exchange,
  what: string,
  made: readonly Made[],
  basin?: string,
): Promise<string | undefined> {
  const send = createSendRaw(exchange, basin)
  const kept: string[] = []
  let why = ''
  const left = await runPool(made, WIDTH, exchange.signal, async ({ name, path }) => {
    try {
      const status = await deleteOnceServed(send, path, exchange)
      if (status === 202 || status === 204 || status === 200 || status === 404) return
      why ||= `DELETE answered ${status}`
    } catch (error) {
      why ||= messageOf(error)
    }
    kept.push(name)
  })
  kept.push(...left.map(({ name }) => name))
  return kept.length === 0
    ? undefined
    : `${howMany(kept.length, what)} could not be deleted (${why || 'clean-up took too long'}): ${some(kept)}`
}

/** A basin that was made a moment ago is not served yet, on some servers, and so not deleted (CP-BAS-045). */
async function deleteOnceServed(send: SendRaw, path: string, { clock, signal }: Exchange): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    const { status } = await send({ method: 'DELETE', path })
    if (status !== 503 || attempt === SERVED_ATTEMPTS) return status
    await sleep(clock, SERVED_PAUSE_MS, signal)
  }
}

const SERVED_ATTEMPTS = 20
const SERVED_PAUSE_MS = 250

/** The first few. */
export function some(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ')
  return names.length > 5 ? `${shown} and others` : shown
}
