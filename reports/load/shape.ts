import * as v from 'valibot'
import { complaint } from '../shape.ts'

/** The text is no result of a load; the message names the field and says what is wrong with it. */
export class LoadReportError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'LoadReportError'
  }
}

/** Throws a `LoadReportError` for text that is not JSON. */
export function parseJson(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    throw new LoadReportError('it is not JSON')
  }
}

/** Returns the value as what it is. Throws a `LoadReportError` that names the field. */
export function readAs<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
): v.InferOutput<Schema> {
  const { success, output, issues } = v.safeParse(schema, value)
  if (!success) throw new LoadReportError(complaint(issues))
  return output
}
