import type { SeqNum } from '../../../proto/types.ts'
import type { BatchRecord } from '../../../reference-server/semantics/batch/batch.ts'
import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import type { Fired, RulesDefect } from '../defect.ts'

export const trimArgumentIsLittleEndian: RulesDefect = {
  name: 'trim-argument-is-little-endian',
  seam: 'rules',
  kills: ['CMD-001', 'CMD-016', 'CMD-022'],
  story: 'A trim takes all records instead of some: its eight bytes are read from the wrong end.',
  apply: (rules, fired) => ({
    ...rules,
    admitBatch(input) {
      const batch = rules.admitBatch(input)
      if (isRefusal(batch)) return batch
      return { ...batch, records: batch.records.map((record) => swapTrim(record, fired)) }
    },
  }),
}

function swapTrim(record: BatchRecord, fired: Fired): BatchRecord {
  const { effect } = record
  if (effect.command !== 'trim') return record
  const upTo = swapBytes(effect.upTo)
  return upTo === effect.upTo ? record : fired({ ...record, effect: { ...effect, upTo } })
}

function swapBytes(number: SeqNum): SeqNum {
  const view = new DataView(new ArrayBuffer(8))
  view.setBigUint64(0, number)
  return view.getBigUint64(0, true)
}
