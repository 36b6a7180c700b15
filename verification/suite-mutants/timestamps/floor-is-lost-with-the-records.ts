import type { RulesDefect } from '../defect.ts'

export const floorIsLostWithTheRecords: RulesDefect = {
  name: 'floor-is-lost-with-the-records',
  seam: 'rules',
  kills: ['APP-041'],
  story: 'Timestamps fall after a trim of everything: the floor is looked up in the last record.',
  apply: (rules, fired) => ({
    ...rules,
    append(state, batch, ...given) {
      const { tail, trimPoint } = state
      const isEmpty = tail.timestamp > 0n && trimPoint === tail.seqNum
      return rules.append(
        isEmpty ? fired({ ...state, tail: { ...tail, timestamp: 0n } }) : state,
        batch,
        ...given,
      )
    },
  }),
}
