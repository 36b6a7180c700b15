import type { AppendAck, Position, ReadEnd, ReadStart, SequencedRecord } from '../../proto/types.ts'
import type { Drain } from '../drain.ts'
import type { GivenKey } from '../encryption/encryption-key.ts'
import type { AccessToken, Principal } from '../semantics/access/access-token.ts'
import type { ListRequest, Page } from '../semantics/access/listing.ts'
import type { Batch } from '../semantics/batch/batch.ts'
import type { Cipher } from '../semantics/batch/encryption.ts'
import type { Metric } from '../semantics/metrics/metric-sets.ts'
import type { AccountSet, BasinSet, MetricsRange, StreamSet } from '../semantics/metrics/metrics-query.ts'
import type { CountedForAccount, CountedForBasin } from '../semantics/metrics/usage.ts'
import type { Refusal } from '../semantics/refusal.ts'
import type { BasinConfig, ResolvedStreamConfig, StreamConfig } from '../semantics/resources/config.ts'
import type { BasinConfigPatch, StreamConfigPatch } from '../semantics/resources/config-patch.ts'
import type { Location, Locations } from '../semantics/resources/locations.ts'
import type { BasinName, StreamName, TokenId } from '../semantics/resources/names.ts'
import type { Provision } from '../semantics/resources/provision.ts'
import type { Credential } from './credential.ts'

/** Times are Unix milliseconds. */
export interface BasinInfo {
  readonly name: BasinName
  readonly createdAt: bigint
  readonly deletedAt: bigint | undefined
  readonly location: string | undefined
}

export interface StreamInfo {
  readonly name: StreamName
  readonly createdAt: bigint
  readonly deletedAt: bigint | undefined
  readonly cipher: Cipher | undefined
}

export interface Provisioned<Info> {
  readonly result: Provision
  readonly info: Info
}

export interface StreamAddress {
  readonly basin: BasinName
  readonly stream: StreamName
}

/** A stream that is appended to or read, with its configuration if it is made by this (AUT-001, AUT-003, RTE-035). */
export interface StreamUse extends StreamAddress {
  readonly configIfMade?: StreamConfig
}

/**
 * What a read delivers, in order; the iteration ends where the read ends. A refusal is the last thing it delivers. `tail`
 * stands on what was delivered live.
 */
export type ReadOutput =
  | {
      readonly kind: 'batch'
      readonly records: readonly SequencedRecord[]
      readonly tail: Position | undefined
    }
  | { readonly kind: 'heartbeat'; readonly tail: Position }
  | { readonly kind: 'refused'; readonly refusal: Refusal }

export interface AppendSession {
  /**
   * Sequences the batch before it returns, in the order of the calls; resolves once the batch is durable or the refusal
   * may be told. After the first refusal nothing more is sequenced and later batches resolve to `undefined` (APP-047).
   */
  submit(batch: Batch): Promise<AppendAck | Refusal | undefined>
}

/**
 * What the metrics have to be told of requests that were served; the rest they see for themselves. A connection is known by
 * any object that stands for it.
 */
export interface Served {
  /** One on the account, or on a basin. */
  operation(operation: CountedForAccount): void
  basinOperation(operation: CountedForBasin, basin: BasinName): void
  append(address: StreamAddress, connection: object): void
  unaryRead(address: StreamAddress): void
  /** A session has begun or has delivered something. */
  sessionRead(address: StreamAddress, connection: object): void
}

/** What is going on at this moment. */
export interface Activity {
  /** Streams in memory. */
  readonly liveStreams: number
  /** Reads that stand at a tail. */
  readonly followers: number
}

/**
 * Typed operations in, outcomes out; a refusal is an outcome. What resolves is durable, and so is all that a refusal
 * tells of. Names and batches are parsed and admitted before they come here.
 */
export interface Backend {
  listBasins(request: ListRequest): Promise<Page<BasinInfo>>
  createBasin(
    name: BasinName,
    config: BasinConfig,
    requestToken: string | undefined,
    location?: string,
  ): Promise<Provisioned<BasinInfo> | Refusal>
  ensureBasin(
    name: BasinName,
    config: BasinConfig,
    location?: string,
  ): Promise<Provisioned<BasinInfo> | Refusal>
  getBasinConfig(name: BasinName): Promise<BasinConfig | Refusal>
  reconfigureBasin(name: BasinName, patch: BasinConfigPatch): Promise<BasinConfig | Refusal>
  deleteBasin(name: BasinName): Promise<Refusal | undefined>

  listStreams(basin: BasinName, request: ListRequest): Promise<Page<StreamInfo> | Refusal>
  createStream(
    address: StreamAddress,
    config: StreamConfig,
    requestToken: string | undefined,
  ): Promise<Provisioned<StreamInfo> | Refusal>
  ensureStream(address: StreamAddress, config: StreamConfig): Promise<Provisioned<StreamInfo> | Refusal>
  getStreamConfig(address: StreamAddress): Promise<ResolvedStreamConfig | Refusal>
  reconfigureStream(address: StreamAddress, patch: StreamConfigPatch): Promise<ResolvedStreamConfig | Refusal>
  deleteStream(address: StreamAddress): Promise<Refusal | undefined>

  listAccessTokens(request: ListRequest): Promise<Page<AccessToken> | Refusal>
  issueAccessToken(issuer: Principal, token: AccessToken): Promise<{ readonly secret: string } | Refusal>
  revokeAccessToken(id: TokenId): Promise<Refusal | undefined>
  /** Undefined if this is not the secret of a token that is valid now. */
  authenticate(secret: string): Credential | undefined

  /** A key stays with whoever brings it, who wipes it when the operation or session is over. Without one: `none`. */
  append(stream: StreamUse, batch: Batch, key?: GivenKey): Promise<AppendAck | Refusal>
  openAppendSession(stream: StreamUse, key?: GivenKey): Promise<AppendSession | Refusal>
  checkTail(address: StreamAddress): Promise<{ readonly tail: Position } | Refusal>
  /** `end` is already that of a unary read where it is one; the query has been checked. Ends early on `signal`. */
  openRead(
    stream: StreamUse,
    start: ReadStart,
    end: ReadEnd,
    signal: AbortSignal,
    key?: GivenKey,
  ): Promise<AsyncIterable<ReadOutput> | Refusal>

  listLocations(): Locations
  defaultLocation(): Location
  setDefaultLocation(name: string): Promise<Location | Refusal>

  /** The query has been checked. */
  accountMetrics(set: AccountSet, range: MetricsRange): Promise<readonly Metric[] | Refusal>
  basinMetrics(basin: BasinName, set: BasinSet, range: MetricsRange): Promise<readonly Metric[] | Refusal>
  streamMetrics(
    address: StreamAddress,
    set: StreamSet,
    range: MetricsRange,
  ): Promise<readonly Metric[] | Refusal>
  readonly served: Served

  activity(): Activity
  /** The server's taking leave, which ends what waits at a tail. */
  readonly drain: Drain
  /** False once the store has failed: nothing is acknowledged any more until a restart. */
  healthy(): boolean
  /** Waits for what is under way, then closes the store. */
  close(): Promise<void>
}
