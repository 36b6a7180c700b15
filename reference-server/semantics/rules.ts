import { isExpired } from './access-token.ts'
import { append } from './append.ts'
import { addListingPrefix, addPrefix, removePrefix } from './auto-prefix.ts'
import { admitBatch } from './batch.ts'
import { checkStreamConfig } from './config.ts'
import { checkStreamPatch, patchBasin, patchStream } from './config-patch.ts'
import { armsDeleteOnEmpty, deletionDue } from './delete-on-empty.ts'
import { resolveEncryption, staysReadable } from './encryption.ts'
import { judgeBasin, judgeStream, waitsForSetup } from './existence.ts'
import { type Flavor, LITE } from './flavor.ts'
import { nextStep } from './follow.ts'
import { issueAccessToken } from './issue.ts'
import { narrowListing, page } from './listing.ts'
import { defaultLocation, findLocation, placeOf } from './locations.ts'
import { resolveMetricsQuery } from './metrics-query.ts'
import { parseBasinName, parseStreamName, parseTokenId } from './names.ts'
import { operationsOf, permits } from './permission.ts'
import { creationKey, decideCreate, decideEnsureBasin, decideEnsureStream, newStream } from './provision.ts'
import { checkBasinQuota, checkBasinSetup } from './quota.ts'
import { cutBatches, isSpent, takeRecords } from './read-bounds.ts'
import { checkReadQuery, mayStandAtTail, unaryEnd, waitAtTail } from './read-query.ts'
import { resolveStart } from './read-start.ts'
import { nextEventId, resumeRead } from './resume.ts'
import { isPastRetention, keptUntil } from './retention.ts'
import { checkTail } from './tail.ts'

/**
 * The rules a server decides by, as one value: handed to it when it starts, and replaced one at a time by a seeded
 * defect. The folder has more rules, which no defect has needed to replace yet: those of metrics, rates and a few checks of
 * names. Beyond them a server keeps, sends and waits.
 */
export interface Rules {
  /** Where s2-lite and the hosted service differ, the one that the server is like. */
  readonly flavor: Flavor
  readonly parseBasinName: typeof parseBasinName
  readonly parseStreamName: typeof parseStreamName
  readonly parseTokenId: typeof parseTokenId
  readonly admitBatch: typeof admitBatch
  readonly append: typeof append
  readonly resolveEncryption: typeof resolveEncryption
  readonly staysReadable: typeof staysReadable
  readonly keptUntil: typeof keptUntil
  readonly isPastRetention: typeof isPastRetention
  readonly armsDeleteOnEmpty: typeof armsDeleteOnEmpty
  readonly deletionDue: typeof deletionDue
  readonly checkTail: typeof checkTail
  readonly checkReadQuery: typeof checkReadQuery
  readonly unaryEnd: typeof unaryEnd
  readonly mayStandAtTail: typeof mayStandAtTail
  readonly waitAtTail: typeof waitAtTail
  readonly nextStep: typeof nextStep
  readonly resolveStart: typeof resolveStart
  readonly isSpent: typeof isSpent
  readonly takeRecords: typeof takeRecords
  readonly cutBatches: typeof cutBatches
  readonly resumeRead: typeof resumeRead
  readonly nextEventId: typeof nextEventId
  readonly checkStreamConfig: typeof checkStreamConfig
  readonly checkStreamPatch: typeof checkStreamPatch
  readonly patchStream: typeof patchStream
  readonly patchBasin: typeof patchBasin
  readonly judgeBasin: typeof judgeBasin
  readonly judgeStream: typeof judgeStream
  readonly waitsForSetup: typeof waitsForSetup
  readonly creationKey: typeof creationKey
  readonly newStream: typeof newStream
  readonly decideCreate: typeof decideCreate
  readonly decideEnsureBasin: typeof decideEnsureBasin
  readonly decideEnsureStream: typeof decideEnsureStream
  readonly checkBasinQuota: typeof checkBasinQuota
  readonly checkBasinSetup: typeof checkBasinSetup
  readonly page: typeof page
  readonly narrowListing: typeof narrowListing
  readonly permits: typeof permits
  readonly operationsOf: typeof operationsOf
  readonly issueAccessToken: typeof issueAccessToken
  readonly isExpired: typeof isExpired
  readonly addPrefix: typeof addPrefix
  readonly removePrefix: typeof removePrefix
  readonly addListingPrefix: typeof addListingPrefix
  readonly resolveMetricsQuery: typeof resolveMetricsQuery
  readonly findLocation: typeof findLocation
  readonly defaultLocation: typeof defaultLocation
  readonly placeOf: typeof placeOf
}

/** S2 as specified, in the flavor of s2-lite. */
export const rules: Rules = {
  flavor: LITE,
  parseBasinName,
  parseStreamName,
  parseTokenId,
  admitBatch,
  append,
  resolveEncryption,
  staysReadable,
  keptUntil,
  isPastRetention,
  armsDeleteOnEmpty,
  deletionDue,
  checkTail,
  checkReadQuery,
  unaryEnd,
  mayStandAtTail,
  waitAtTail,
  nextStep,
  resolveStart,
  isSpent,
  takeRecords,
  cutBatches,
  resumeRead,
  nextEventId,
  checkStreamConfig,
  checkStreamPatch,
  patchStream,
  patchBasin,
  judgeBasin,
  judgeStream,
  waitsForSetup,
  creationKey,
  newStream,
  decideCreate,
  decideEnsureBasin,
  decideEnsureStream,
  checkBasinQuota,
  checkBasinSetup,
  page,
  narrowListing,
  permits,
  operationsOf,
  issueAccessToken,
  isExpired,
  addPrefix,
  removePrefix,
  addListingPrefix,
  resolveMetricsQuery,
  findLocation,
  defaultLocation,
  placeOf,
}
