import { isExpired } from './access/access-token.ts'
import { addListingPrefix, addPrefix, removePrefix } from './access/auto-prefix.ts'
import { issueAccessToken } from './access/issue.ts'
import { narrowListing, page } from './access/listing.ts'
import { operationsOf, permits } from './access/permission.ts'
import { append } from './append/append.ts'
import { admitBatch } from './batch/batch.ts'
import { resolveEncryption, staysReadable } from './batch/encryption.ts'
import { resolveMetricsQuery } from './metrics/metrics-query.ts'
import { nextStep } from './read/follow.ts'
import { cutBatches, isSpent, takeRecords } from './read/read-bounds.ts'
import { checkReadQuery, mayStandAtTail, unaryEnd, waitAtTail } from './read/read-query.ts'
import { resolveStart } from './read/read-start.ts'
import { nextEventId, resumeRead } from './read/resume.ts'
import { checkTail } from './read/tail.ts'
import { checkStreamConfig } from './resources/check-config.ts'
import { checkStreamPatch, patchBasin, patchStream } from './resources/config-patch.ts'
import { judgeBasin, judgeStream, waitsForSetup } from './resources/existence.ts'
import { type Flavor, LITE } from './resources/flavor.ts'
import { defaultLocation, findLocation, placeOf } from './resources/locations.ts'
import { parseBasinName, parseStreamName, parseTokenId } from './resources/names.ts'
import {
  creationKey,
  decideCreate,
  decideEnsureBasin,
  decideEnsureStream,
  newStream,
} from './resources/provision.ts'
import { checkBasinQuota, checkBasinSetup } from './resources/quota.ts'
import { armsDeleteOnEmpty, deletionDue } from './retention/delete-on-empty.ts'
import { isPastRetention, keptUntil } from './retention/retention.ts'

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
