import type { Command } from '../../kit/cli/command.ts'
import { ALLOW_SUSPECT, OUTPUT_OPTIONS } from './output-options.ts'

export const merge: Command = {
  name: 'merge',
  summary:
    'adds up what several machines measured that ran one workload together; the verdict is the worst of theirs',
  operands: 'A.json B.json...',
  options: [
    ...OUTPUT_OPTIONS,
    ALLOW_SUSPECT,
    { name: 'any-start', help: 'add up also what did not begin together, as SUSPECT' },
  ],
  examples: ['merge one.json other.json --json both.json --html both.html'],
  run: async (given, io) => (await import('./actions/merge.ts')).act(given, io),
}
