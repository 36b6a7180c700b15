import { isObject } from '../shape.ts'
import { type LoadResult, loadResult } from './result.ts'
import { LoadReportError, parseJson, readAs } from './shape.ts'

/** Reads what `--json` wrote, and trusts none of it. Throws a `LoadReportError` that names the field. */
export function parseLoadResult(json: string): LoadResult {
  const value = parseJson(json)
  if (!isObject(value) || !('format' in value) || value.format !== 's2-load')
    throw new LoadReportError('it is no result of s2-load: its format is not "s2-load"')
  const version = 'version' in value ? value.version : undefined
  if (version !== 1)
    throw new LoadReportError(`it has version ${JSON.stringify(version)}, and version 1 is read here`)
  return readAs(loadResult, value)
}
