import type { Requirement } from '../check/requirement.ts'
import { PROP } from '../model/index.ts'
import { APP } from './APP/index.ts'
import { AUT } from './AUT/index.ts'
import { CMD } from './CMD/index.ts'
import { CP_BAS } from './CP-BAS/index.ts'
import { CP_CFG } from './CP-CFG/index.ts'
import { CP_ERR } from './CP-ERR/index.ts'
import { CP_LIM } from './CP-LIM/index.ts'
import { CP_LITE } from './CP-LITE/index.ts'
import { CP_LOC } from './CP-LOC/index.ts'
import { CP_MET } from './CP-MET/index.ts'
import { CP_RT } from './CP-RT/index.ts'
import { CP_STR } from './CP-STR/index.ts'
import { CP_TOK } from './CP-TOK/index.ts'
import { DUR } from './DUR/index.ts'
import { ENC } from './ENC/index.ts'
import { ERR } from './ERR/index.ts'
import { LIN } from './LIN/index.ts'
import { READ } from './READ/index.ts'
import { REC } from './REC/index.ts'
import { RTE } from './RTE/index.ts'
import { S2S } from './S2S/index.ts'
import { SSE } from './SSE/index.ts'
import { TAIL } from './TAIL/index.ts'

/** Every requirement that has a check, area by area. */
export const requirements: readonly Requirement[] = [
  ...RTE,
  ...REC,
  ...APP,
  ...CMD,
  ...READ,
  ...TAIL,
  ...SSE,
  ...S2S,
  ...ENC,
  ...AUT,
  ...ERR,
  ...LIN,
  ...DUR,
  ...CP_RT,
  ...CP_BAS,
  ...CP_STR,
  ...CP_CFG,
  ...CP_TOK,
  ...CP_MET,
  ...CP_LOC,
  ...CP_ERR,
  ...CP_LIM,
  ...CP_LITE,
  ...PROP,
]

const byId: ReadonlyMap<string, Requirement> = new Map(requirements.map((each) => [each.id, each]))

/** The requirement of that id. Throws an Error if there is none. */
export function requirementOf(id: string): Requirement {
  const found = byId.get(id)
  if (found === undefined) throw new Error(`no requirement has the id "${id}"`)
  return found
}
