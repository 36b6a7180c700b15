import type { Given } from '../../kit/cli/command.ts'
import { requirements } from '../requirements/index.ts'
import { committedExpectations, type Expectations, readExpectations } from '../run/expectations.ts'
import type { Profile } from '../run/selection.ts'

/**
 * Returns the expectations of `--expect`, or else those committed for the profile. `--expect none` has none, and nor has the
 * embedded server.
 */
export async function expectationsFor(given: Given, profile: Profile | undefined): Promise<Expectations> {
  const ids = new Set(requirements.map(({ id }) => id))
  const file = given.text('expect')
  if (file === 'none') return { entries: [] }
  if (file !== undefined) return await readExpectations(file, ids)
  return profile === 's2-lite' ? await committedExpectations(ids) : { entries: [] }
}
