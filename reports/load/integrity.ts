import * as v from 'valibot'
import { count, fields, listOf, oneOf, recordOf, type Shape, text, texts } from '../shape.ts'

export const INTEGRITIES = ['verified', 'incomplete', 'violated'] as const

export const integrity = v.pipe(
  fields({
    verdict: v.pipe(
      oneOf(INTEGRITIES),
      v.description(
        'verified: every acknowledged record was read, once, in order and byte by byte. incomplete: not everything could be read.',
      ),
    ),
    recordsRead: count,
    readers: count,
    violations: v.pipe(recordOf(count), v.description('How many of each kind.')),
    first: v.pipe(
      listOf(fields({ anomaly: text, stream: text, seqNum: count, what: text })),
      v.description('The first of each kind.'),
    ),
    notes: texts,
  }),
  v.description('What the readers found of what the writers were told.'),
)
export type Integrity = Shape<typeof integrity>
