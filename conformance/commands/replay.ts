import { SERVICE_OPTIONS } from '../../client/command/service-options.ts'
import { TARGET_OPTIONS } from '../../client/command/target-options.ts'
import type { Command } from '../../kit/cli/command.ts'
import { CONFIG_OPTION } from '../../kit/cli/config-file.ts'
import { TIME_LIMIT_OPTION } from '../../kit/cli/time-limit.ts'
import { REPORT_OPTIONS } from './report-options.ts'

export const replay: Command = {
  name: 'replay',
  summary: 'sends a failing sequence again, as an earlier run kept it: fixed, failed or error',
  operands: 'FILE',
  options: [...TARGET_OPTIONS, CONFIG_OPTION, TIME_LIMIT_OPTION, ...SERVICE_OPTIONS, ...REPORT_OPTIONS],
  examples: ['replay .s2-conformance/PROP-001-json-replay.json --endpoint http://127.0.0.1:8080'],
  run: async (given, io) => (await import('./actions/replay.ts')).act(given, io),
}
