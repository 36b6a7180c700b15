import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'

export const headersAreNotMeasured: RulesDefect = {
  name: 'headers-are-not-measured',
  seam: 'rules',
  only: 'limit',
  kills: ['REC-002'],
  story: 'A record whose headers take it beyond 1 MiB is appended: only bodies count.',
  apply: (rules, fired) => ({
    ...rules,
    admitBatch(input) {
      const batch = rules.admitBatch(input)
      if (!isRefusal(batch)) return batch
      const bare = rules.admitBatch({
        ...input,
        records: input.records.map(({ headers, ...record }) => ({
          ...record,
          headers: headers.filter(({ name }) => name.length === 0),
        })),
      })
      const isCovered = input.records.every(
        ({ headers }) => headers.length < 2 || headers.every(({ name }) => name.length > 0),
      )
      if (isRefusal(bare) || !isCovered) return batch
      return fired({
        ...bare,
        records: bare.records.map((record, index) => ({
          ...record,
          headers: input.records[index]?.headers ?? record.headers,
        })),
      })
    },
  }),
}
