import type { Command } from '../../kit/cli/command.ts'
import { OUTPUT_OPTIONS } from './history-output-options.ts'

export const checkHistory: Command = {
  name: 'check-history',
  summary: 'judges a history again, as an earlier run wrote it: linearizable, violated or inconclusive',
  operands: 'FILE',
  options: OUTPUT_OPTIONS,
  examples: ['check-history history.jsonl', 'check-history history.jsonl --export porcupine'],
  run: async (given, io) => (await import('./actions/check-history.ts')).act(given, io),
}
