import type { Command } from '../../kit/cli/command.ts'
import { HISTORY_OPTIONS } from './history-options.ts'

export const history: Command = {
  name: 'history',
  summary:
    'lets concurrent clients loose on one stream, through a proxy that fails, and judges what they saw',
  options: HISTORY_OPTIONS,
  examples: [
    'history --endpoint http://127.0.0.1:8080',
    "history --launch 's2 lite --port {port} --local-root {data_dir}' --workload fencing --clients 16 --ops 500",
    'history --workload regular --out history.jsonl --export porcupine',
  ],
  run: async (given, io) => (await import('./actions/history.ts')).act(given, io),
}
