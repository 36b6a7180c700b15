import type { Given } from '../../kit/cli/command.ts'
import { requirements } from '../requirements/index.ts'
import { committedExpectations, type Expectations, readExpectations } from '../run/expectations.ts'
import type { Profile } from '../run/selection.ts'

/** Those of `--expect`, else those committed for the profile; an embedded server is forgiven nothing. */
export async function expectationsFor(given: Given, profile: Profile | undefined): Promise<Expectations> {
  const ids = new Set(requirements.map(({ id }) => id))
  const file = given.text('expect')
  if (file !== undefined) return await readExpectations(file, ids)
  return profile === 's2-lite' ? await committedExpectations(ids) : { entries: [] }
}
