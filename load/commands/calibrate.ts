import type { Command } from '../../kit/cli/command.ts'
import { TIME_LIMIT_OPTION } from '../../kit/cli/time-limit.ts'

export const calibrate: Command = {
  name: 'calibrate',
  summary:
    "measures the generator's own ceiling and floor on this machine, against a server that does next to nothing, and keeps them for later runs",
  options: [
    { name: 'duration', value: 'TIME', default: '2s', help: 'how long each of the seven measurements takes' },
    TIME_LIMIT_OPTION,
    { name: 'json', value: 'FILE', isOutput: true, help: 'write the measurements there too' },
  ],
  examples: ['calibrate', 'calibrate --json calibration.json'],
  async run(given, io) {
    const { act } = await import('./actions/calibrate.ts')
    return await act(given, io)
  },
}
