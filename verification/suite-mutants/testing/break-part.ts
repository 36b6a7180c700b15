import type { Fired } from '../defect.ts'
import { countFirings } from '../fired.ts'

/** The broken part, and how often it has decided something. */
export function breakPart<Part>(
  defect: { apply(healthy: Part, fired: Fired): Part },
  healthy: Part,
): { readonly broken: Part; firings(): number } {
  const { fired, count } = countFirings()
  return { broken: defect.apply(healthy, fired), firings: count }
}
