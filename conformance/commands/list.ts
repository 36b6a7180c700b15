import type { Command } from '../../kit/cli/command.ts'

export const list: Command = {
  name: 'list',
  summary: 'shows the rows of the catalogue and what is done about each',
  operands: '[GLOB...]',
  options: [
    {
      name: 'only',
      value: 'GLOB',
      multiple: true,
      help: 'only these rows, as for run; may be given more than once',
    },
    { name: 'json', help: 'as JSON, with statements and sources' },
    {
      name: 'coverage',
      help: 'the ledger: how each row is tested, what the published runs said, or why not',
    },
  ],
  examples: ['list', "list 'APP-*'", 'list --json', 'list --coverage'],
  run: async (given, io) => (await import('./actions/list.ts')).act(given, io),
}
