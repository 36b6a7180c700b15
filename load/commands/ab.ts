import type { Command } from '../../kit/cli/command.ts'
import { TIME_LIMIT_OPTION } from '../../kit/cli/time-limit.ts'
import { COMPARISON_OPTIONS } from './comparison-options.ts'
import { WORKLOAD_OPTIONS } from './workload-options.ts'

export const ab: Command = {
  name: 'ab',
  summary: 'starts two servers, loads them by turns and says whether the second is slower than the first',
  operands: '[WORKLOAD.yaml | NAME]',
  options: [
    {
      name: 'a',
      value: 'LAUNCH',
      help: 'command that starts the server to compare with; {port} and {data_dir} are filled in',
    },
    { name: 'b', value: 'LAUNCH', help: 'command that starts the server to judge' },
    {
      name: 'rounds',
      value: 'N|A..B',
      default: '10..40',
      help: 'rounds per side, both servers started anew after every second one, and up to so many where fewer are too noisy to tell: of the A/A run, of the A/B run, and of that again to confirm a regression',
    },
    {
      name: 'settle',
      value: 'TIME',
      default: '2s',
      help: 'load on each server whenever it was started, until compilers and caches have done their work',
    },
    ...WORKLOAD_OPTIONS,
    TIME_LIMIT_OPTION,
    ...COMPARISON_OPTIONS,
  ],
  examples: [
    "ab --a 'old/s2 lite --port {port}' --b 'new/s2 lite --port {port}'",
    'ab throughput --a CMD --b CMD --rounds 20..80 --min-effect 3 --junit ab.xml',
  ],
  async run(given, io) {
    const { act } = await import('./actions/ab.ts')
    return await act(given, io)
  },
}
