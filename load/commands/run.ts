import { TARGET_OPTIONS } from '../../client/command/target-options.ts'
import type { Command } from '../../kit/cli/command.ts'
import { TIME_LIMIT_OPTION } from '../../kit/cli/time-limit.ts'
import { ALLOW_SUSPECT, OUTPUT_OPTIONS } from './output-options.ts'
import { WORKLOAD_OPTIONS } from './workload-options.ts'

export const run: Command = {
  name: 'run',
  summary: 'makes a load and says how the target took it; without a target, of the reference server on disk',
  operands: '[WORKLOAD.yaml | NAME]',
  options: [
    ...TARGET_OPTIONS,
    ...WORKLOAD_OPTIONS,
    {
      name: 'start-at',
      value: 'TIME',
      help: 'begin the plan then, on this and other machines: 2026-11-25T22:15:00Z',
    },
    { name: 'basin', value: 'NAME', help: 'use this basin and make none' },
    ...OUTPUT_OPTIONS,
    {
      name: 'hlog',
      value: 'FILE',
      isOutput: true,
      help: 'write an interval log there, as HdrHistogram has it, while the load is made',
    },
    {
      name: 'calibration',
      value: 'FILE',
      help: 'calibration of this machine, as calibrate writes it; without it the last one that calibrate has kept',
    },
    ALLOW_SUSPECT,
    { name: 'max-bytes', value: 'BYTES', help: 'refuse to append or read more than this' },
    {
      name: 'second-opinion',
      help: 'let autocannon append as well afterwards, at the same rate; with --transport h1-json, within --max-bytes, needs that package',
    },
    TIME_LIMIT_OPTION,
    { name: 'progress', help: 'say every few seconds how it goes where stderr is no terminal' },
    { name: 'yes', help: 'load a target that is not on this machine without a limit' },
  ],
  examples: [
    'run',
    'run throughput --endpoint http://127.0.0.1:8080',
    "run --launch 's2 lite --port {port}' --rate 500 --batch 1 --duration 30s",
  ],
  async run(given, io) {
    const { act } = await import('./actions/run.ts')
    return await act(given, io)
  },
}
