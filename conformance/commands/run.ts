import { SERVICE_OPTIONS } from '../../client/command/service-options.ts'
import { TARGET_OPTIONS } from '../../client/command/target-options.ts'
import type { Command } from '../../kit/cli/command.ts'
import { CONFIG_OPTION } from '../../kit/cli/config-file.ts'
import { TIME_LIMIT_OPTION } from '../../kit/cli/time-limit.ts'
import { REPORT_OPTIONS } from './report-options.ts'
import { QUICK, RUN_OPTIONS } from './run-options.ts'

export const run: Command = {
  name: 'run',
  summary: 'judges a server; without an endpoint, the reference server that comes with the suite',
  operands: '[GLOB...]',
  options: [
    ...TARGET_OPTIONS,
    CONFIG_OPTION,
    TIME_LIMIT_OPTION,
    ...RUN_OPTIONS,
    ...SERVICE_OPTIONS,
    ...REPORT_OPTIONS,
  ],
  examples: [
    'run --endpoint http://127.0.0.1:8080',
    "run --endpoint http://127.0.0.1:8080 --profile s2-lite --only 'APP-*' --html report.html",
    "run --launch 's2 lite --port {port} --local-root {data_dir}' --profile s2-lite --all",
    'run --quick',
  ],
  defaultTimeLimit: (given) => (given.flag('quick') ? QUICK.seconds : undefined),
  run: async (given, io) => (await import('./actions/run.ts')).act(given, io),
}
