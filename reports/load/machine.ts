import * as v from 'valibot'
import { count, fields, type Shape, text } from '../shape.ts'

/** A machine that made a load. */
export const machine = fields({
  cpus: count,
  model: text,
  memoryBytes: count,
  platform: text,
  node: v.pipe(text, v.description('Version of Node.')),
})
export type Machine = Shape<typeof machine>

/** Of a thing that was measured: what it is called, and what it says of itself. */
export const server = v.exactOptional(v.pipe(text, v.description('What it says of itself.')))
