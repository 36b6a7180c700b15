import type { Requirement } from '../../check/requirement.ts'
import { base64 } from './base64.ts'
import { integersRows } from './integers.ts'
import { jsonAppend } from './json-append.ts'
import { jsonRead } from './json-read.ts'
import { manyHeadersRows } from './many-headers.ts'
import { protobuf } from './protobuf.ts'
import { shapes } from './shapes.ts'
import { sizes } from './sizes.ts'
import { text } from './text.ts'

export const REC: readonly Requirement[] = [
  ...sizes,
  ...shapes,
  ...jsonAppend,
  ...base64,
  ...text,
  ...jsonRead,
  ...integersRows,
  ...protobuf,
  ...manyHeadersRows,
]
