import { isSealed } from '../../../reference-server/semantics/read/kept-record.ts'
import type { RulesDefect } from '../defect.ts'

export const bytesBoundCountsCiphertext: RulesDefect = {
  name: 'bytes-bound-counts-ciphertext',
  seam: 'rules',
  kills: ['ENC-012'],
  story: 'On an encrypted stream, a read bounded by bytes delivers too little: it counts what is stored.',
  apply: (rules, fired) => ({
    ...rules,
    takeRecords(records, budget) {
      const counted = records.map((record) =>
        isSealed(record) ? { ...record, size: BigInt(record.sealed.length) } : record,
      )
      const { records: within, left, done } = rules.takeRecords(counted, budget)
      const taken = { records: records.slice(0, within.length), left, done }
      return taken.records.length < rules.takeRecords(records, budget).records.length ? fired(taken) : taken
    },
  }),
}
