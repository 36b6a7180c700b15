import { WireError } from '../../../proto/wire-error.ts'
import { invalid } from '../../semantics/refusal.ts'
import type { Flavor } from '../../semantics/resources/flavor.ts'
import { Refused } from '../errors.ts'

/** Reads a value whose malformed forms are refused by the flavor's code, whatever `read` throws for them. */
export function readValue<Value>({ malformedValue }: Flavor, read: () => Value): Value {
  if (malformedValue === 'by-place') return read()
  try {
    return read()
  } catch (error) {
    if (error instanceof Refused || error instanceof WireError) throw new Refused(invalid(error.message))
    throw error
  }
}
