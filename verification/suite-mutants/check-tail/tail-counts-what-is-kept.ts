import type { RulesDefect } from '../defect.ts'

export const tailCountsWhatIsKept: RulesDefect = {
  name: 'tail-counts-what-is-kept',
  seam: 'rules',
  kills: ['TAIL-006', 'CMD-021'],
  story: 'After a trim the tail is the number of records that are left.',
  apply: (rules, fired) => ({
    ...rules,
    checkTail(durable) {
      const tail = rules.checkTail(durable)
      return durable.trimPoint === 0n ? tail : fired({ ...tail, seqNum: tail.seqNum - durable.trimPoint })
    },
  }),
}
