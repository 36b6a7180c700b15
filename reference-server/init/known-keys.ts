import type { JsonObject } from '../../proto/json.ts'
import { WireError } from '../../proto/wire-error.ts'

/** What would be skipped is rather a mistake of spelling. */
export function knownKeys(object: JsonObject, known: readonly string[], what: string): JsonObject {
  const unknown = Object.keys(object).find((key) => !known.includes(key))
  if (unknown === undefined) return object
  throw new WireError('bad_json', `${what}.${unknown} is not known; there are ${known.join(', ')}`)
}
