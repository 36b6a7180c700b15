import type { Calibration, CeilingFigures, CeilingName, Rates, Span } from './calibration.ts'
import { machine, time } from './common-fields.ts'
import { amount, LoadReportError, object, oneOf, optional, type Read, text } from './shape.ts'

const rates: Read<Rates> = object<Rates>({ appends: amount, records: amount, bytes: amount })
const span: Read<Span> = object<Span>({ p50: amount, p99: amount })

const figures = {
  ceilings: object<Readonly<Record<CeilingName, Rates>>>({
    'append-bytes': rates,
    'append-records': rates,
    'append-singles': rates,
    'unary-proto': rates,
    'read-bytes': rates,
    'read-records': rates,
  }),
  floor: span,
  lag: span,
}

/** Of a result. */
export const ceilingFields: Read<CeilingFigures> = object<CeilingFigures>({
  calibrated: time,
  load: optional(amount),
  catchUp: optional(amount),
  ...figures,
})

const calibration: Read<Calibration> = object<Calibration>({
  format: oneOf(['s2-load-calibration']),
  version: oneOf([1]),
  tool: text,
  measured: time,
  machine,
  ...figures,
})

/** Reads what `s2-load calibrate` wrote, and trusts none of it. Throws a `LoadReportError` that names the field. */
export function parseCalibration(json: string): Calibration {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    throw new LoadReportError('it is not JSON')
  }
  return calibration(value, '')
}
