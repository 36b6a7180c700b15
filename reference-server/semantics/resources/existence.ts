import type { Timestamp } from '../../../proto/types.ts'
import { type Refusal, refuse } from '../refusal.ts'
import type { BasinConfig } from './config.ts'
import type { Flavor } from './flavor.ts'

export type Kind = 'basin' | 'stream'

/** A stream that is there; undefined where there is none. One that is being deleted is there until it is removed. */
export interface Found {
  readonly deleting: boolean
}

export interface FoundBasin extends Found {
  readonly config: BasinConfig
}

/** What may be asked of a basin. POST creates and PUT ensures. */
export type BasinOperation =
  | 'get-basin-config'
  | 'create-basin'
  | 'ensure-basin'
  | 'reconfigure-basin'
  | 'delete-basin'
  | 'list-streams'

export type StreamOperation = StreamAloneOperation | StreamChange | DataOperation

type StreamAloneOperation = 'get-stream-config' | 'delete-stream'

type StreamChange = 'create-stream' | 'ensure-stream' | 'reconfigure-stream'

/** The operations on records; trims and fences are appends. */
export type DataOperation = 'append' | 'read' | 'check-tail'

/** Create what is missing, proceed with what is there, or neither. */
export type Judgement = 'create' | 'proceed' | Refusal

/**
 * Whether this may be done to a basin, by whether it is there (CP-ERR-008). While it is being deleted it can be deleted
 * again, lists its streams, and shows its config on some servers (CP-BAS-062, CP-BAS-084).
 */
export function judgeBasin(
  operation: BasinOperation,
  basin: Found | undefined,
  { showsDeletingBasin }: Pick<Flavor, 'showsDeletingBasin'>,
): Judgement {
  const creates = operation === 'create-basin' || operation === 'ensure-basin'
  if (basin === undefined) return creates ? 'create' : notFound('basin')
  const proceeds =
    operation === 'delete-basin' ||
    operation === 'list-streams' ||
    (operation === 'get-basin-config' && showsDeletingBasin)
  return basin.deleting && !proceeds ? deletionPending('basin') : 'proceed'
}

/**
 * What is refused while a basin is being set up, as `checkBasinSetup` says (CP-BAS-045): all but to create or ensure it. So
 * whoever made it may ask again for what there is; a PUT that would change its config is a `reconfigure-basin`, and waits.
 * Metrics are no operation on a basin: they tell of what was.
 */
export function waitsForSetup(operation: BasinOperation | StreamOperation): boolean {
  return operation !== 'create-basin' && operation !== 'ensure-basin'
}

/** Whether this may be done to a stream, by whether it and its basin are there (CP-ERR-008). */
export function judgeStream(
  operation: StreamOperation,
  stream: Found | undefined,
  basin: FoundBasin | undefined,
  flavor: Pick<Flavor, 'missingBasinOfStream'>,
): Judgement {
  switch (operation) {
    case 'get-stream-config':
    case 'delete-stream':
      return judgeStreamAlone(operation, stream, basin, flavor)
    case 'create-stream':
    case 'ensure-stream':
    case 'reconfigure-stream':
      return judgeChange(operation, stream, basin)
    case 'append':
    case 'read':
    case 'check-tail':
      return judgeDataOperation(operation, stream, basin)
  }
}

/**
 * Looks at the stream alone, whatever becomes of its basin; some servers say if even that is missing (CP-STR-052,
 * CP-STR-071). A deletion shuts the config away (CP-STR-053) and can be asked for again (CP-STR-072).
 */
function judgeStreamAlone(
  operation: StreamAloneOperation,
  stream: Found | undefined,
  basin: Found | undefined,
  { missingBasinOfStream }: Pick<Flavor, 'missingBasinOfStream'>,
): Judgement {
  if (stream === undefined) {
    return notFound(basin === undefined && missingBasinOfStream === 'basin_not_found' ? 'basin' : 'stream')
  }
  return stream.deleting && operation !== 'delete-stream' ? deletionPending('stream') : 'proceed'
}

/**
 * The basin comes first: there, and not being deleted.
 * (CP-ERR-006, CP-STR-026, CP-STR-046, CP-STR-062, CP-BAS-084)
 */
function judgeChange(
  operation: StreamChange,
  stream: Found | undefined,
  basin: Found | undefined,
): Judgement {
  if (basin === undefined) return notFound('basin')
  if (basin.deleting) return deletionPending('basin')
  if (stream === undefined) return operation === 'reconfigure-stream' ? notFound('stream') : 'create'
  return stream.deleting ? deletionPending('stream') : 'proceed'
}

/**
 * The basin is asked only where the stream is missing (CP-STR-085): so a stream goes on while its basin is being deleted,
 * until it is marked itself, and none is made in there any more (CP-BAS-084, AUT-012).
 */
function judgeDataOperation(
  operation: DataOperation,
  stream: Found | undefined,
  basin: FoundBasin | undefined,
): Judgement {
  if (stream !== undefined) return stream.deleting ? deletionPending('stream') : 'proceed'
  if (basin === undefined) return notFound('basin')
  if (!basin.config[CREATES_FOR[operation]]) return notFound('stream')
  return basin.deleting ? deletionPending('basin') : 'create'
}

/** Which flag of a basin has a missing stream created, for which operation (AUT-001 to AUT-004, TAIL-009). */
const CREATES_FOR = {
  append: 'createStreamOnAppend',
  read: 'createStreamOnRead',
  'check-tail': 'createStreamOnRead',
} as const

/** What a deletion that is asked for now is told to have begun at: never before its object was made (CP-BAS-083). */
export const deletedAt = (createdAt: Timestamp, now: Timestamp): Timestamp =>
  now > createdAt ? now : createdAt

/** The refusal while a deletion runs (CP-BAS-084, CP-STR-073). */
export function deletionPending(kind: Kind): Refusal {
  return refuse(`${kind}_deletion_pending`, `this ${kind} is being deleted`)
}

function notFound(kind: Kind): Refusal {
  return refuse(`${kind}_not_found`, `there is no ${kind} of this name`)
}
