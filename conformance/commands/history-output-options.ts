import type { Option } from '../../kit/cli/command.ts'

export const OUTPUT_OPTIONS: readonly Option[] = [
  {
    name: 'json',
    value: 'FILE',
    isOutput: true,
    help: 'write the verdict there, with a timeline of each violation shown',
  },
  {
    name: 'export',
    value: 'porcupine',
    help: "write the history also as s2-verification's JSON lines, beside it as .porcupine.jsonl",
  },
]
