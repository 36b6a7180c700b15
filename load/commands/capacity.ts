import { TARGET_OPTIONS } from '../../client/command/target-options.ts'
import type { Command } from '../../kit/cli/command.ts'
import { TIME_LIMIT_OPTION } from '../../kit/cli/time-limit.ts'
import { ALLOW_SUSPECT } from './output-options.ts'
import { GIVEN_OPTIONS } from './workload-options.ts'

export const capacity: Command = {
  name: 'capacity',
  summary:
    'finds the greatest rate at which latencies stay below limits, each rate by a run that is judged as any other',
  operands: '[WORKLOAD.yaml | NAME]',
  options: [
    {
      name: 'slo',
      value: 'OBJECTIVES',
      help: 'what has to hold: "response-p99 < 20ms", several with commas between',
    },
    { name: 'from', value: 'N', default: '100', help: 'the first rate that is tried, in appends/s' },
    {
      name: 'to',
      value: 'N',
      help: 'the greatest rate that is tried, in appends/s; without it there is no limit',
    },
    {
      name: 'precision',
      value: 'PERCENT',
      default: '10',
      help: 'how far apart the rate that holds and the one that does not may be',
    },
    { name: 'json', value: 'FILE', isOutput: true, help: 'write the result there, with all its steps' },
    ALLOW_SUSPECT,
    ...TARGET_OPTIONS,
    ...GIVEN_OPTIONS,
    { name: 'basin', value: 'NAME', help: 'use this basin and make none' },
    { name: 'max-bytes', value: 'BYTES', help: 'refuse to append or read more than this at the most' },
    TIME_LIMIT_OPTION,
    { name: 'yes', help: 'load a target that is not on this machine without a limit' },
  ],
  examples: [
    "capacity --slo 'response-p99 < 20ms' --duration 10s",
    "capacity unary --slo 'response-p99 < 10ms, e2e-p50 < 5ms' --from 500 --to 8000 --endpoint http://127.0.0.1:8080",
  ],
  run: async (given, io) => (await import('./actions/capacity.ts')).act(given, io),
}
