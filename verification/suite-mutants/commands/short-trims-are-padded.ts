import type { RulesDefect } from '../defect.ts'

export const shortTrimsArePadded: RulesDefect = {
  name: 'short-trims-are-padded',
  seam: 'rules',
  kills: ['CMD-005'],
  story: 'A trim of fewer than eight bytes is taken for a smaller number.',
  apply: (rules, fired) => ({
    ...rules,
    admitBatch(input) {
      const records = input.records.map((record) => {
        const [only] = record.headers
        const isTrim = only?.name.length === 0 && Buffer.from(only.value).toString() === 'trim'
        if (!isTrim || record.body.length >= 8) return record
        return fired({ ...record, body: Buffer.concat([Buffer.alloc(8 - record.body.length), record.body]) })
      })
      return rules.admitBatch({ ...input, records })
    },
  }),
}
