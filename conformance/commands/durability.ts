import type { Command, Option } from '../cli/command.ts'
import { RUN_OPTIONS } from './run-options.ts'

const SHARED = ['endpoint', 'account-endpoint', 'basin-endpoint', 'token-file', 'launch', 'container', 'seed']

const OPTIONS: readonly Option[] = [
  {
    name: 'kills',
    value: 'N',
    default: '40',
    help: 'kills under load, and half as many under a writer that retries',
  },
  { name: 'pauses', value: 'N', default: '10', help: 'pauses for longer than a client waits' },
  { name: 'cuts', value: 'N', default: '10', help: 'moments at which the power goes, of one watched life' },
]

export const durability: Command = {
  name: 'durability',
  summary: 'kills, pauses and cuts the power of a server under load, many times, and judges what is left',
  options: [...RUN_OPTIONS.filter(({ name }) => SHARED.includes(name)), ...OPTIONS],
  examples: ["durability --launch 's2 lite --port {port} --local-root {data_dir}' --kills 100"],
  run: async (given, io) => (await import('./actions/durability.ts')).act(given, io),
}
