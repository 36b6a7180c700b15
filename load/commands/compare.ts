import type { Command } from '../../kit/cli/command.ts'
import { COMPARISON_OPTIONS } from './comparison-options.ts'

export const compare: Command = {
  name: 'compare',
  summary:
    'compares results of run that are there already: several a side as rounds, one a side by its seconds',
  operands: '[BASE.json HEAD.json]',
  options: [
    {
      name: 'base',
      value: 'FILE',
      multiple: true,
      help: 'a result to compare with; may be given several times',
    },
    { name: 'head', value: 'FILE', multiple: true, help: 'a result to judge; may be given several times' },
    ...COMPARISON_OPTIONS,
  ],
  examples: [
    'compare base.json head.json',
    'compare --base base-1.json --base base-2.json --head head-1.json --head head-2.json',
  ],
  async run(given, io) {
    const { act } = await import('./actions/compare.ts')
    return await act(given, io)
  },
}
