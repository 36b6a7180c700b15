import { toJson } from '../to-json.ts'
import type { LoadResult } from './result.ts'

/** The whole result, indented; `load.schema.json` says what it holds, and `parseLoadResult` reads it again. */
export const render = (result: LoadResult): string => toJson(result)
