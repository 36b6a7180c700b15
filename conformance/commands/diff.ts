import type { Command } from '../../kit/cli/command.ts'

export const diff: Command = {
  name: 'diff',
  summary:
    'compares two reports: 0 nothing is worse, 1 something is, 3 something is not decided or judged any more',
  operands: 'OLD NEW',
  options: [
    { name: 'format', value: 'text|markdown|json', default: 'text', help: 'format of what is printed' },
  ],
  examples: ['diff old.json new.json', 'diff old.json new.json --format markdown'],
  run: async (given, io) => (await import('./actions/diff.ts')).act(given, io),
}
