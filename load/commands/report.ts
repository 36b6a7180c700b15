import type { Command } from '../../kit/cli/command.ts'
import { OUTPUT_OPTIONS } from './output-options.ts'

export const report: Command = {
  name: 'report',
  summary: 'shows a result again that run --json or merge has written',
  operands: 'FILE.json',
  options: OUTPUT_OPTIONS,
  examples: ['report result.json', 'report result.json --html result.html --markdown summary.md'],
  run: async (given, io) => (await import('./actions/report.ts')).act(given, io),
}
