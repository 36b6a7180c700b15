import type { AppendInput, ReadEnd, ReadStart, SequencedRecord } from '../../proto/types.ts'
import type { Backend, ReadOutput, StreamAddress } from '../backend/backend.ts'
import { createBackend } from '../backend/create-backend.ts'
import type { BackendOptions } from '../backend/options.ts'
import { EncryptionKey, type GivenKey } from '../encryption/encryption-key.ts'
import { admitBatch, type Batch } from '../semantics/batch/batch.ts'
import { isRefusal, type Refusal } from '../semantics/refusal.ts'
import {
  type BasinConfig,
  DEFAULT_BASIN_CONFIG,
  type StreamConfig,
  UNSET_STREAM_CONFIG,
} from '../semantics/resources/config.ts'
import { type Flavor, LITE } from '../semantics/resources/flavor.ts'
import {
  type BasinName,
  parseBasinName,
  parseStreamName,
  type StreamName,
} from '../semantics/resources/names.ts'
import { type Rules, rules as specifiedRules } from '../semantics/rules.ts'
import { openMemoryStore } from '../store/memory.ts'
import type { Store } from '../store/store.ts'
import { FakeClock } from './fake-clock.ts'

export interface TestBackend {
  readonly backend: Backend
  readonly clock: FakeClock
  readonly store: Store
}

/** A backend with a clock that stands still, on a store of its own unless one is given. */
export async function testBackend(
  given: {
    readonly rules?: Partial<Rules>
    readonly store?: Store
    readonly clock?: FakeClock
    readonly options?: Partial<BackendOptions>
  } = {},
): Promise<TestBackend> {
  const clock = given.clock ?? new FakeClock()
  const store = given.store ?? (await openMemoryStore())
  const options = given.options ?? {}
  const rules = { ...specifiedRules, ...given.rules }
  const backend = await createBackend({ rules, store, clock, random: () => 0.5, options })
  return { backend, clock, store }
}

/** As `testBackend`, with a basin and an empty stream in it, which are configured as given. */
export async function testStream(
  given: Parameters<typeof testBackend>[0] & {
    readonly basin?: Partial<BasinConfig>
    readonly stream?: Partial<StreamConfig>
  } = {},
): Promise<TestBackend & { readonly address: StreamAddress }> {
  const test = await testBackend(given)
  const address = addressOf('test-basin', 'stream')
  ok(await test.backend.createBasin(address.basin, { ...DEFAULT_BASIN_CONFIG, ...given.basin }, undefined))
  ok(await test.backend.createStream(address, { ...UNSET_STREAM_CONFIG, ...given.stream }, undefined))
  return { ...test, address }
}

export const addressOf = (basin: string, stream: string): StreamAddress => ({
  basin: basinName(basin),
  stream: streamName(stream),
})

export function basinName(text: string): BasinName {
  const parsed = parseBasinName(text)
  if ('misnamed' in parsed) throw new Error(parsed.misnamed)
  return parsed.name
}

export function streamName(text: string): StreamName {
  const parsed = parseStreamName(text)
  if ('misnamed' in parsed) throw new Error(parsed.misnamed)
  return parsed.name
}

/** A batch with these bodies, and the conditions. */
export function batch(bodies: readonly string[], conditions: Omit<AppendInput, 'records'> = {}): Batch {
  const records = bodies.map((body) => ({ headers: [], body: new TextEncoder().encode(body) }))
  return admitted({ records, ...conditions })
}

export const fence = (token: string): Batch => command('fence', new TextEncoder().encode(token))

export function trim(upTo: bigint): Batch {
  const body = new Uint8Array(8)
  new DataView(body.buffer).setBigUint64(0, upTo)
  return command('trim', body)
}

export function admitted(input: AppendInput): Batch {
  const batch = admitBatch(input)
  if (isRefusal(batch)) throw new Error(JSON.stringify(batch))
  return batch
}

function command(name: string, body: Uint8Array): Batch {
  const headers = [{ name: new Uint8Array(), value: new TextEncoder().encode(name) }]
  return admitted({ records: [{ headers, body }] })
}

/** The outcome, where a refusal is not expected. */
export function ok<Outcome extends object>(outcome: Outcome | Refusal | undefined): Outcome {
  if (outcome === undefined) throw new Error('no outcome')
  if (isRefusal(outcome)) throw new Error(`refused: ${JSON.stringify(outcome, jsonSafe)}`)
  return outcome
}

export const bodiesOf = (records: readonly SequencedRecord[]): readonly string[] =>
  records.map(({ body }) => new TextDecoder().decode(body))

/** A key of 32 times this byte. */
export const keyOf = (byte: number): EncryptionKey => new EncryptionKey(new Uint8Array(32).fill(byte))

/** All that a read delivers until it ends, its records in one list. */
export async function readAll(
  backend: Backend,
  address: StreamAddress,
  start: ReadStart,
  end: ReadEnd,
  key?: GivenKey,
): Promise<{ readonly records: readonly SequencedRecord[]; readonly outputs: readonly ReadOutput[] }> {
  const outputs: ReadOutput[] = []
  const session = ok(await backend.openRead(address, start, end, new AbortController().signal, key))
  for await (const output of session) outputs.push(output)
  return { outputs, records: outputs.flatMap((output) => (output.kind === 'batch' ? output.records : [])) }
}

const jsonSafe = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? `${value}` : value)

/** s2-lite, but for so many milliseconds from the answer to a DELETE until removal begins. */
export const deletingAfter = (deletion: number): Flavor => ({
  ...LITE,
  limits: { ...LITE.limits, deletion },
})
