import type { RulesDefect } from '../defect.ts'

export const fencesAreDecodedLeniently: RulesDefect = {
  name: 'fences-are-decoded-leniently',
  seam: 'rules',
  kills: ['CMD-003'],
  story: 'A fence that is not UTF-8 is taken, with marks in the place of what is wrong.',
  apply: (rules, fired) => ({
    ...rules,
    admitBatch(input) {
      const records = input.records.map((record) => {
        const [only] = record.headers
        const isFence = only?.name.length === 0 && Buffer.from(only.value).toString() === 'fence'
        const body = Buffer.from(Buffer.from(record.body).toString('utf8'))
        return isFence && !body.equals(record.body) ? fired({ ...record, body }) : record
      })
      return rules.admitBatch({ ...input, records })
    },
  }),
}
