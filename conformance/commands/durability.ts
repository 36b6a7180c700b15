import { TARGET_OPTIONS } from '../../client/command/target-options.ts'
import type { Command, Option } from '../../kit/cli/command.ts'
import { CONFIG_OPTION } from '../../kit/cli/config-file.ts'
import { SEED_OPTION } from '../../kit/cli/seed.ts'
import { TIME_LIMIT_OPTION } from '../../kit/cli/time-limit.ts'
import { REPORT_OPTIONS } from './report-options.ts'

const OPTIONS: readonly Option[] = [
  {
    name: 'kills',
    value: 'N',
    default: '40',
    help: 'kills under load, and half as many under a writer that retries; about every fifth is followed by one during the restart, so 60 become 72 and, for the writer that retries, 36',
  },
  { name: 'pauses', value: 'N', default: '10', help: 'pauses, each longer than a client waits' },
  { name: 'cuts', value: 'N', default: '10', help: 'power cuts, at moments of one run that strace watches' },
]

export const durability: Command = {
  name: 'durability',
  summary:
    'kills, pauses and cuts the power of a server under load, many times, and judges what is left; without a target, the reference server on disk',
  options: [...TARGET_OPTIONS, CONFIG_OPTION, TIME_LIMIT_OPTION, SEED_OPTION, ...OPTIONS, ...REPORT_OPTIONS],
  examples: ["durability --launch 's2 lite --port {port} --local-root {data_dir}' --kills 100"],
  run: async (given, io) => (await import('./actions/durability.ts')).act(given, io),
}
