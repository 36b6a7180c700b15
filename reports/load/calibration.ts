import * as v from 'valibot'
import { amount, fields, type Shape, text, time } from '../shape.ts'
import { machine } from './machine.ts'
import { parseJson, readAs } from './shape.ts'

/**
 * What a load generator can do at most: appends on a session by their bytes, by their records, one by one, and one by one as
 * requests; and reads by their bytes and by their records.
 */
export const CEILINGS = [
  'append-bytes',
  'append-records',
  'append-singles',
  'unary-proto',
  'read-bytes',
  'read-records',
] as const
export type CeilingName = (typeof CEILINGS)[number]

export const rates = v.pipe(
  fields({ appends: amount, records: amount, bytes: amount }),
  v.description('Per second; bytes of record bodies. Of what is read the batches are not counted.'),
)
export type Rates = Shape<typeof rates>

/** Microseconds. */
export const span = fields({ p50: amount, p99: amount })
export type Span = Shape<typeof span>

/** What one thread of the generator reached against a server that does next to nothing. */
const figures = {
  ceilings: fields(v.entriesFromList(CEILINGS, rates)),
  floor: v.pipe(
    span,
    v.description('Of 1,000 unary appends a second: what the least server and the generator cost together.'),
  ),
  lag: v.pipe(span, v.description('Of the same, how late the generator began.')),
}
const calibrationFigures = fields(figures)
export type CalibrationFigures = Shape<typeof calibrationFigures>

const calibration = v.pipe(
  fields({
    format: v.literal('s2-load-calibration', 'is not "s2-load-calibration"'),
    version: v.literal(1, 'is not 1'),
    tool: v.pipe(text, v.description('Its name and version.')),
    measured: time,
    machine,
    ...figures,
  }),
  v.description('As `s2-load calibrate` keeps it, for the machine that it was measured on.'),
)
export type Calibration = Shape<typeof calibration>

export const ceilingFigures = v.pipe(
  fields({
    calibrated: v.pipe(time, v.description('When that was measured.')),
    load: v.exactOptional(
      v.pipe(
        amount,
        v.description(
          'Of what the threads can do, the part that appends and readers at the tail took; 1 is all of it. Absent where nothing is known of a transport.',
        ),
      ),
    ),
    catchUp: v.exactOptional(v.pipe(amount, v.description('And those that caught up.'))),
    ...figures,
  }),
  v.description(
    'What one thread of the generator can do at most on this machine, as calibrate has found it, and how near to it the run came. Absent where the machine was not calibrated, and from merged results.',
  ),
)
export type CeilingFigures = Shape<typeof ceilingFigures>

/** Reads what `s2-load calibrate` wrote, and trusts none of it. Throws a `LoadReportError` that names the field. */
export const parseCalibration = (json: string): Calibration => readAs(calibration, parseJson(json))
