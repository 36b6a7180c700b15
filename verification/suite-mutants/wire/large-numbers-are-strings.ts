import type { WireDefect } from '../defect.ts'

export const largeNumbersAreStrings: WireDefect = {
  name: 'large-numbers-are-strings',
  seam: 'wire',
  only: 'transport',
  kills: ['REC-024'],
  story: 'Timestamps above 2^53 come as strings in the JSON of unary reads.',
  apply: (wire, fired) => ({
    ...wire,
    readBatchToJson(batch, format) {
      const json = wire.readBatchToJson(batch, format)
      const quoted = json.replace(/"timestamp":(\d{17,})/g, '"timestamp":"$1"')
      return quoted === json ? json : fired(quoted)
    },
  }),
}
