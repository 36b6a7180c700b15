import type { Command } from '../cli/command.ts'
import { RUN_OPTIONS } from './run-options.ts'

const TARGET_OPTIONS = ['endpoint', 'account-endpoint', 'basin-endpoint', 'token-file', 'launch', 'container']

export const replay: Command = {
  name: 'replay',
  summary: 'sends a failing sequence again, as an earlier run kept it: fixed, failed or error',
  operands: 'FILE',
  options: RUN_OPTIONS.filter(({ name }) => TARGET_OPTIONS.includes(name)),
  examples: ['replay .s2-conformance/PROP-001-json-replay.json --endpoint http://127.0.0.1:8080'],
  run: async (given, io) => (await import('./actions/replay.ts')).act(given, io),
}
