import { type Requirement, requirement } from '../../check/requirement.ts'
import { effective } from '../CP-CFG/effective.ts'

export const storageClass: readonly Requirement[] = [
  requirement('CP-STR-065', 'Storage class changes late', { unless: ['free-tier'] }, async (context) => {
    const { basin, newStreamName, expect } = context
    const name = newStreamName()
    expect.ok(await basin.createStream(name, { storage_class: 'standard' }), 201)
    for (const storageClass of ['express', 'standard']) {
      const patched = expect.ok(await basin.reconfigureStream(name, { storage_class: storageClass }))
      const expected = effective({ storage_class: storageClass })
      expect.equal(effective(patched), expected, 'configuration in the answer')
      const read = expect.ok(await basin.getStreamConfig(name))
      expect.equal(effective(read), expected, 'configuration by the next GET')
    }
  }),
]
