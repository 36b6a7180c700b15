import { MAX_BATCH_RECORDS, MAX_METERED_BYTES } from '../../proto/limits.ts'
import { APPEND_TRANSPORTS, type AppendTransport, traitsOf } from './append-transport.ts'
import { meanOf } from './choices.ts'
import { parseFaults } from './faults.ts'
import { parseRate } from './rate.ts'
import { meteredBytesOf } from './record-headers.ts'
import { parseRecordSize } from './record-size.ts'
import { parseAmount, parseSeconds, parseSize, parseSwitch, show, textOf, WorkloadError } from './units.ts'
import {
  type Appends,
  type Arrival,
  type Choice,
  COMPRESSIONS,
  type Compression,
  READ_TRANSPORTS,
  type Reads,
  type Workload,
} from './workload.ts'

const MOST_BYTES = Number(MAX_METERED_BYTES)
/** One request at a time on each: as many as an open loop needs at common rates. */

/** What a workload says, by names; what it leaves out has the default. */
export type WorkloadFields = Readonly<Record<string, unknown>>

/** Throws a `WorkloadError` that names the field. */
export function parseWorkload(fields: WorkloadFields, name: string): Workload {
  const unknown = Object.keys(fields).find((key) => !Object.hasOwn(DEFAULTS, key))
  if (unknown !== undefined)
    throw new WorkloadError(
      `"${unknown}" is no field of a workload: there are ${Object.keys(DEFAULTS).join(', ')}`,
    )
  const empty = Object.keys(fields).find((key) => fields[key] === null)
  if (empty !== undefined)
    throw new WorkloadError(`${empty}: has no value; leave it out for what it is without`)
  const of = (key: keyof typeof DEFAULTS): unknown => fields[key] ?? DEFAULTS[key]
  const windows = {
    stream: parseWindow(of, 'stream-window'),
    connection: parseWindow(of, 'connection-window'),
  }
  function amount(key: keyof typeof DEFAULTS, least: number): number {
    return parseAmount(of(key), key, least)
  }
  const tail = parseReads(of, 'readers', 'read-transport', 'read-compression')
  const catchUp = parseReads(of, 'catch-up', 'catch-up-transport', 'read-compression')
  refuseVainReadCompression(of('read-compression'), [tail, catchUp])
  const seconds = above0(parseSeconds(of('duration'), 'duration'), 'duration')
  const appends = parseAppends(of)
  const { connections } = traitsOf(appends.transport)
  return {
    name: parseName(of('name') ?? name),
    streams: amount('streams', 1),
    appends,
    tail,
    catchUp,
    checkTails: amount('check-tails', 0),
    seconds,
    warmupSeconds: parseSeconds(of('warmup'), 'warmup'),
    connections: fields.connections === undefined ? connections : amount('connections', 1),
    ...(parseSharing(of, appends.transport) && { sharesConnections: true as const }),
    ...(fields['connection-streams'] !== undefined && { connectionStreams: amount('connection-streams', 1) }),
    windows,
    inFlightBytes: amount('in-flight', 1),
    threads: amount('threads', 1),
    faults: parseFaults(of('faults'), seconds),
    pacing: oneOf(of('pacing'), 'pacing', ['timer', 'hybrid', 'spin'] as const),
    seed: amount('seed', 0),
  }
}

export const DEFAULTS = {
  name: undefined,
  streams: 1,
  transport: 's2s',
  compression: 'none',
  writers: 1,
  rate: '100/s',
  closed: undefined,
  choice: 'uniform',
  batch: 10,
  'record-size': 1024,
  compressible: 0,
  headers: 0,
  readers: 1,
  'read-transport': 's2s',
  'read-compression': 'none',
  'catch-up': 1,
  'catch-up-transport': 's2s',
  'check-tails': 0,
  duration: '10s',
  warmup: '2s',
  connections: 1,
  'share-connections': false,
  'connection-streams': undefined,
  'stream-window': '16MiB',
  'connection-window': '64MiB',
  'in-flight': '256MiB',
  threads: 1,
  faults: [],
  pacing: 'hybrid',
  seed: 1,
} as const

type Of = (key: keyof typeof DEFAULTS) => unknown

/** HTTP/2 begins with the least, and ends a connection whose window is more than the most: RFC 9113, section 6.9.1. */
const [LEAST_WINDOW, MOST_WINDOW] = [65_535, 2 ** 31 - 1] as const

function parseWindow(of: Of, key: 'stream-window' | 'connection-window'): number {
  const bytes = parseAmount(of(key), key, LEAST_WINDOW)
  if (bytes > MOST_WINDOW) throw new WorkloadError(`${key}: ${show(of(key))} is more than ${MOST_WINDOW}`)
  return bytes
}

function parseAppends(of: Of): Appends {
  const transport = oneOf(of('transport'), 'transport', APPEND_TRANSPORTS)
  const headers = parseAmount(of('headers'), 'headers')
  const batch = parseSize(of('batch'), 'batch', 1, MAX_BATCH_RECORDS)
  const recordBytes = parseRecordSize(of('record-size'), MOST_BYTES)
  const metered = batch.most * meteredBytesOf(recordBytes.most, headers)
  if (metered > MOST_BYTES)
    throw new WorkloadError(
      `batch and record-size: ${batch.most} records of ${recordBytes.most} bytes are ${metered} metered bytes, and a batch holds ${MOST_BYTES}`,
    )
  const compressible = parsePart(of('compressible'), 'compressible')
  const records = meanOf(batch)
  return {
    transport,
    compression: parseCompression(of, transport),
    writers: parseAmount(of('writers'), 'writers', 1),
    arrival: parseArrival(of, { records, bytes: records * meanOf(recordBytes) }),
    choice: parseChoice(of('choice')),
    batch,
    recordBytes,
    compressible,
    headers,
  }
}

function parseName(value: unknown): string {
  const name = textOf(value)
  if (name === '') throw new WorkloadError(`name: ${show(value)} is no name`)
  return name
}

function parsePart(value: unknown, name: string): number {
  const text = textOf(value)
  const part = text === '' ? Number.NaN : Number(text)
  if (!(part >= 0 && part <= 1)) throw new WorkloadError(`${name}: ${show(value)} is no part from 0 to 1`)
  return part
}

function parseCompression(of: Of, transport: AppendTransport): Compression {
  const compression = oneOf(of('compression'), 'compression', COMPRESSIONS)
  if (compression !== 'none' && !traitsOf(transport).compresses)
    throw new WorkloadError(
      `compression: ${show(compression)} is for appends over s2s, the one transport that compresses, and these go over ${transport}`,
    )
  return compression
}

function parseSharing(of: Of, transport: AppendTransport): boolean {
  const shares = parseSwitch(of('share-connections'), 'share-connections')
  if (shares && !traitsOf(transport).sharesConnections)
    throw new WorkloadError(`share-connections: is for appends over s2s, and these go over ${transport}`)
  return shares
}

function parseArrival(of: Of, per: Parameters<typeof parseRate>[2]): Arrival {
  const closed = of('closed')
  if (closed !== undefined) return { kind: 'closed', inFlight: parseAmount(closed, 'closed', 1) }
  return { kind: 'open', rate: parseRate(of('rate'), 'rate', per) }
}

function parseChoice(value: unknown): Choice {
  if (value === 'uniform') return { kind: 'uniform' }
  const [, text = '1'] = /^zipf(?:\s+([\d.]+))?$/.exec(textOf(value)) ?? [undefined, 'none']
  const exponent = Number(text)
  if (!Number.isFinite(exponent))
    throw new WorkloadError(`choice: ${show(value)} is neither uniform nor zipf, nor "zipf 0.9"`)
  return { kind: 'zipf', exponent }
}

function parseReads(
  of: Of,
  count: 'readers' | 'catch-up',
  transport: 'read-transport' | 'catch-up-transport',
  compression: 'read-compression',
): Reads {
  const over = oneOf(of(transport), transport, READ_TRANSPORTS)
  const wanted = oneOf(of(compression), compression, COMPRESSIONS)
  return {
    readers: parseAmount(of(count), count),
    transport: over,
    // Of two kinds of readers one may be over s2s.
    compression: over === 's2s' ? wanted : 'none',
  }
}

/** A result that claims what nobody has done misleads. */
function refuseVainReadCompression(wanted: unknown, reads: readonly Reads[]): void {
  if (wanted === 'none') return
  if (!reads.some(({ readers, transport }) => readers > 0 && transport === 's2s'))
    throw new WorkloadError(
      `read-compression: ${show(wanted)} is for readers over s2s, and there are none: see read-transport and catch-up-transport`,
    )
}

function oneOf<Value extends string>(value: unknown, name: string, values: readonly Value[]): Value {
  const found = values.find((each) => each === value)
  if (found === undefined) throw new WorkloadError(`${name}: ${show(value)} is none of ${values.join(', ')}`)
  return found
}

function above0(value: number, name: string): number {
  if (value <= 0) throw new WorkloadError(`${name}: must be above 0`)
  return value
}
