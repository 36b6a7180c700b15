import {
  type BasinConfig,
  type ResolvedStreamConfig,
  type StreamConfig,
  UNSET_STREAM_CONFIG,
} from '../semantics/config.ts'
import type { StreamConfigPatch } from '../semantics/config-patch.ts'
import { type ListRequest, type Page, pageLimit } from '../semantics/listing.ts'
import type { BasinName } from '../semantics/names.ts'
import { configKey, deletionPending } from '../semantics/provision.ts'
import { isRefusal, type Refusal } from '../semantics/refusal.ts'
import { EMPTY_STREAM } from '../semantics/stream-state.ts'
import { deletingKey, nextStreamIdKey, type StreamId, streamKey, streamsRange } from '../store/keys.ts'
import { decodeStream, encodeStream, type StoredStream } from '../store/stored-stream.ts'
import { decodeStreamId, encodeStreamId } from '../store/stored-stream-id.ts'
import type { Provisioned, StreamAddress, StreamInfo, StreamUse } from './backend.ts'
import type { BasinCatalog } from './basin-catalog.ts'
import type { Context } from './context.ts'
import { creationKey, existing } from './creation.ts'
import type { LiveStream } from './live-stream.ts'
import { streamNotFound } from './refusals.ts'
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
    const next = await this.#context.store.get(nextStreamIdKey)
    if (next !== undefined) this.#nextId = decodeStreamId(next)
  }

  /** A basin that does not exist is refused (CP-STR-013); one that is being deleted still lists what it has. */
  async list(basin: BasinName, request: ListRequest): Promise<Page<StreamInfo> | Refusal> {
    const config = this.#basins.config(basin)
    if (isRefusal(config)) return config
    const { rules, store } = this.#context
    const listed: StreamInfo[] = []
    // The rule decides what is on the page: it is shown one name too many on either side.
    const most = pageLimit(request) + 2
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
      const stored = (await this.#directory.load(address))?.stored
      const basin = this.#basins.open(address.basin)
      if ('refused' in basin) return await basin.refused
      const key = creationKey(requestToken, config)
      const decision = rules.decideCreate('stream', existing(stored), key)
      if (typeof decision === 'object') return decision
      if (decision === 'noop' && stored !== undefined) return { result: decision, info: streamInfo(stored) }
      const made = await this.#add(address, basin.config, config, key)
      return { result: 'created', info: streamInfo(made.stored) }
    })
  }

  async ensure(address: StreamAddress, config: StreamConfig): Promise<Provisioned<StreamInfo> | Refusal> {
    const { rules } = this.#context
    const invalid = rules.checkStreamConfig(config, rules.flavor)
    if (invalid !== undefined) return invalid
    return await this.#directory.exclusive(address, async () => {
      const stream = await this.#directory.load(address)
      const basin = this.#basins.open(address.basin)
      if ('refused' in basin) return await basin.refused
      const resolved = this.#resolve(config, basin.config)
      const decision = rules.decideEnsure('stream', existing(stream?.stored), configKey(resolved))
      if (typeof decision === 'object') return decision
      if (decision === 'updated' && stream !== undefined) await this.#reconfigure(stream, resolved)
      const { stored } = stream ?? (await this.#add(address, basin.config, config, undefined))
      return { result: decision, info: streamInfo(stored) }
    })
  }

  /** For a data operation on a stream that is missing: makes it, unless somebody just has (AUT-008). */
  async createForUse({ configIfMade, ...address }: StreamUse): Promise<LiveStream | Refusal> {
    return await this.#directory.exclusive(address, async () => {
      const stream = await this.#directory.load(address)
      if (stream !== undefined) return stream
      const basin = this.#basins.open(address.basin)
      if ('refused' in basin) return await basin.refused
      return await this.#add(address, basin.config, configIfMade ?? UNSET_STREAM_CONFIG, undefined)
    })
  }

  async config(address: StreamAddress): Promise<ResolvedStreamConfig | Refusal> {
    return await this.#directory.exclusive(address, async () => {
      const stored = (await this.#directory.load(address))?.stored
      if (stored === undefined) return this.#missing(address)
      return stored.deletedAt === undefined ? stored.config : deletionPending('stream')
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
      const stream = await this.#directory.load(address)
      const basin = this.#basins.open(address.basin)
      if ('refused' in basin) return await basin.refused
      if (stream === undefined) return streamNotFound()
      if (stream.stored.deletedAt !== undefined) return deletionPending('stream')
      const config = rules.patchStream(
        stream.stored.config,
        patch,
        basin.config.defaultStreamConfig,
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
      const stream = await this.#directory.load(address)
      if (stream === undefined) return this.#missing(address)
      if (stream.deletion !== undefined) {
        await stream.deletion
        return { begun: false, stream }
      }
      if (!applies(stream)) return { begun: false, stream }
      const stored = { ...stream.stored, deletedAt: this.#context.clock.now() }
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

  /** What is missing where the stream is not there, and maybe neither its basin (CP-STR-052, CP-STR-071). */
  #missing({ basin }: StreamAddress): Refusal {
    const { rules } = this.#context
    const config = this.#basins.config(basin)
    return rules.flavor.missingBasinOfStream === 'basin_not_found' && isRefusal(config)
      ? config
      : streamNotFound()
  }

  async #add(
    { basin, stream }: StreamAddress,
    basinConfig: BasinConfig,
    config: StreamConfig,
    key: StoredStream['creationKey'],
  ): Promise<LiveStream> {
    const { clock, store } = this.#context
    const now = clock.now()
    const stored: StoredStream = {
      id: this.#nextId++,
      basin,
      name: stream,
      createdAt: now,
      deletedAt: undefined,
      cipher: basinConfig.streamCipher,
      config: this.#resolve(config, basinConfig),
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

  #resolve(config: StreamConfig, { defaultStreamConfig }: BasinConfig): ResolvedStreamConfig {
    const { rules } = this.#context
    return rules.resolveStreamConfig(config, defaultStreamConfig, rules.flavor.systemConfig)
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

const streamInfo = ({ name, createdAt, deletedAt, cipher }: StoredStream): StreamInfo => ({
  name,
  createdAt,
  deletedAt,
  cipher,
})
