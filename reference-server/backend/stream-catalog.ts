import { type ListRequest, type Page, pageLimit } from '../semantics/access/listing.ts'
import { EMPTY_STREAM } from '../semantics/append/stream-state.ts'
import type { Refusal } from '../semantics/refusal.ts'
import {
  type ResolvedStreamConfig,
  type StreamConfig,
  UNSET_STREAM_CONFIG,
} from '../semantics/resources/config.ts'
import type { StreamConfigPatch } from '../semantics/resources/config-patch.ts'
import { type DataOperation, deletedAt, type StreamOperation } from '../semantics/resources/existence.ts'
import type { BasinName } from '../semantics/resources/names.ts'
import type { NewStream } from '../semantics/resources/provision.ts'
import {
  deletingKey,
  nextStreamIdKey,
  type StreamId,
  statesFrom,
  streamIdOfKey,
  streamKey,
  streamsRange,
} from '../store/keys.ts'
import { StoreError } from '../store/store-error.ts'
import { decodeStream, encodeStream, type StoredStream } from '../store/stored-stream.ts'
import { decodeStreamId, encodeStreamId } from '../store/stored-stream-id.ts'
import type { Provisioned, StreamAddress, StreamInfo, StreamUse } from './backend.ts'
import type { BasinCatalog } from './basin-catalog.ts'
import type { Context } from './context.ts'
import { refusedBy, requirePresent } from './judged.ts'
import type { LiveStream } from './live-stream.ts'
import type { StreamDirectory } from './stream-directory.ts'

/**
 * Makes, changes and marks streams. Whatever it answers with is durable, and found by everybody from then on (CP-STR-032).
 */
export class StreamCatalog {
  readonly #context: Context
  readonly #basins: BasinCatalog
  readonly #directory: StreamDirectory
  #nextId: StreamId = 1n

  constructor(context: Context, basins: BasinCatalog, directory: StreamDirectory) {
    this.#context = context
    this.#basins = basins
    this.#directory = directory
  }

  async load(): Promise<void> {
    const { store } = this.#context
    const next = await store.get(nextStreamIdKey)
    if (next !== undefined) this.#nextId = decodeStreamId(next)
    // The next stream would take over the data of one whose creation was lost.
    for await (const { key } of store.range(statesFrom(this.#nextId))) {
      throw new StoreError(
        'corrupt',
        `the stream of number ${streamIdOfKey(key)} is missing, and its data is there`,
      )
    }
  }

  /** A basin that does not exist is refused (CP-STR-013); one that is being deleted still lists what it has. */
  async list(basin: BasinName, request: ListRequest): Promise<Page<StreamInfo> | Refusal> {
    const refusal = await this.#basins.checkListing(basin)
    if (refusal !== undefined) return refusal
    const { rules, store } = this.#context
    const listed: StreamInfo[] = []
    // The rule decides what is on the page: it is shown one name too many on either side, and those that it passes over.
    const most = pageLimit(request) + 2 + (request.unnamed?.length ?? 0)
    for await (const { value } of store.range(streamsRange(basin, request.prefix, request.startAfter))) {
      listed.push(streamInfo(decodeStream(value)))
      if (listed.length === most) break
    }
    return rules.page(listed, request)
  }

  async create(
    address: StreamAddress,
    config: StreamConfig,
    requestToken: string | undefined,
  ): Promise<Provisioned<StreamInfo> | Refusal> {
    const { rules } = this.#context
    const invalid = rules.checkStreamConfig(config, rules.flavor)
    if (invalid !== undefined) return invalid
    return await this.#directory.exclusive(address, async () => {
      const stream = await this.#directory.load(address)
      const refused = this.refused('create-stream', address, stream)
      if (refused !== undefined) return await refused
      const key = rules.creationKey(requestToken, config)
      if (stream === undefined) return created(await this.#add(address, config, key))
      const result = rules.decideCreate('stream', stream.stored.creationKey, key)
      return result === 'noop' ? { result, info: streamInfo(stream.stored) } : result
    })
  }

  async ensure(address: StreamAddress, config: StreamConfig): Promise<Provisioned<StreamInfo> | Refusal> {
    const { rules } = this.#context
    const invalid = rules.checkStreamConfig(config, rules.flavor)
    if (invalid !== undefined) return invalid
    return await this.#directory.exclusive(address, async () => {
      const stream = await this.#directory.load(address)
      const refused = this.refused('ensure-stream', address, stream)
      if (refused !== undefined) return await refused
      if (stream === undefined) return created(await this.#add(address, config, undefined))
      const asked = this.#newStream(address, config)
      const result = rules.decideEnsureStream(stream.stored.config, asked)
      if (result === 'updated') await this.#reconfigure(stream, asked.config)
      return { result, info: streamInfo(stream.stored) }
    })
  }

  /** For an operation on records: made if it is missing, and its basin says so, by the first that comes (AUT-008). */
  async forUse(use: DataOperation, { configIfMade, ...address }: StreamUse): Promise<LiveStream | Refusal> {
    return await this.#directory.exclusive(address, async () => {
      const stream = await this.#directory.load(address)
      const refused = this.refused(use, address, stream)
      if (refused !== undefined) return await refused
      return stream ?? (await this.#add(address, configIfMade ?? UNSET_STREAM_CONFIG, undefined))
    })
  }

  /** Why this may not be done to the stream, which is this one, or there is none. */
  refused(
    operation: StreamOperation,
    address: StreamAddress,
    stream: LiveStream | undefined,
  ): Promise<Refusal> | undefined {
    const { rules } = this.#context
    const basin = this.#basins.find(address.basin)
    const judgement = rules.judgeStream(operation, stream, basin, rules.flavor)
    return refusedBy(judgement, { basin: basin?.deletion, stream: stream?.deletion })
  }

  async config(address: StreamAddress): Promise<ResolvedStreamConfig | Refusal> {
    return await this.#directory.exclusive(address, async () => {
      const stream = await this.#directory.load(address)
      return (
        (await this.refused('get-stream-config', address, stream)) ?? requirePresent(stream).stored.config
      )
    })
  }

  async reconfigure(
    address: StreamAddress,
    patch: StreamConfigPatch,
  ): Promise<ResolvedStreamConfig | Refusal> {
    const { rules } = this.#context
    const invalid = rules.checkStreamPatch(patch, rules.flavor)
    if (invalid !== undefined) return invalid
    return await this.#directory.exclusive(address, async () => {
      const found = await this.#directory.load(address)
      const refused = this.refused('reconfigure-stream', address, found)
      if (refused !== undefined) return await refused
      const stream = requirePresent(found)
      const config = rules.patchStream(
        stream.stored.config,
        patch,
        this.#basins.configOf(address.basin).defaultStreamConfig,
        rules.flavor.systemConfig,
      )
      await this.#reconfigure(stream, config)
      return config
    })
  }

  /** Marks the stream as being deleted. `begun` is false when it was before (CP-STR-072), or this does not apply to it. */
  async beginDeletion(
    address: StreamAddress,
    applies: (stream: LiveStream) => boolean = () => true,
  ): Promise<{ readonly begun: boolean; readonly stream: LiveStream } | Refusal> {
    return await this.#directory.exclusive(address, async () => {
      const found = await this.#directory.load(address)
      const refused = this.refused('delete-stream', address, found)
      if (refused !== undefined) return await refused
      const stream = requirePresent(found)
      if (stream.deletion !== undefined) {
        await stream.deletion
        return { begun: false, stream }
      }
      if (!applies(stream)) return { begun: false, stream }
      const { createdAt } = stream.stored
      const stored = { ...stream.stored, deletedAt: deletedAt(createdAt, this.#context.clock.now()) }
      const value = encodeStream(stored)
      const marked = this.#context.store.commit([
        { type: 'put', key: streamKey(address.basin, address.stream), value },
        { type: 'put', key: deletingKey(stored.id), value },
      ])
      stream.beginDeletion(stored, marked)
      await stream.deletion
      return { begun: true, stream }
    })
  }

  async #add(
    address: StreamAddress,
    config: StreamConfig,
    key: StoredStream['creationKey'],
  ): Promise<LiveStream> {
    const { clock, store } = this.#context
    const { basin, stream } = address
    const now = clock.now()
    const stored: StoredStream = {
      id: this.#nextId++,
      basin,
      name: stream,
      createdAt: now,
      deletedAt: undefined,
      ...this.#newStream(address, config),
      armed: { at: now, tail: 0n },
      creationKey: key,
    }
    await store.commit([
      { type: 'put', key: streamKey(basin, stream), value: encodeStream(stored) },
      { type: 'put', key: nextStreamIdKey, value: encodeStreamId(this.#nextId) },
    ])
    this.#sweepFor(stored)
    return this.#directory.add(stored, EMPTY_STREAM, 0n)
  }

  #newStream({ basin }: StreamAddress, config: StreamConfig): NewStream {
    const { rules } = this.#context
    return rules.newStream(config, this.#basins.configOf(basin), rules.flavor.systemConfig)
  }

  async #reconfigure(stream: LiveStream, config: ResolvedStreamConfig): Promise<void> {
    const { clock, rules } = this.#context
    const arms = rules.armsDeleteOnEmpty(stream.stored.config, config)
    const armed = arms ? { at: clock.now(), tail: stream.sequenced.tail.seqNum } : stream.stored.armed
    const stored = { ...stream.stored, config, armed }
    const key = streamKey(stored.basin, stored.name)
    await this.#context.store.commit([{ type: 'put', key, value: encodeStream(stored) }])
    stream.reconfigure(stored)
    this.#sweepFor(stored)
  }

  /** The sweep learns of a stream that may be deleted when it is empty. */
  #sweepFor({ config }: StoredStream): void {
    const { clock, sweepAlarm } = this.#context
    if (config.deleteOnEmptyMinAge > 0n) sweepAlarm.want(clock.now())
  }
}

const created = ({ stored }: LiveStream): Provisioned<StreamInfo> => ({
  result: 'created',
  info: streamInfo(stored),
})

const streamInfo = ({ name, createdAt, deletedAt, cipher }: StoredStream): StreamInfo => ({
  name,
  createdAt,
  deletedAt,
  cipher,
})
