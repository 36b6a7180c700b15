import { stringify } from 'yaml'
import type { Command, Io } from '../../kit/cli/command.ts'
import { UsageError } from '../../kit/usage-error.ts'
import { BUILT_IN, type BuiltIn } from '../workload/built-in.ts'
import { describeWorkload } from '../workload/describe.ts'
import { DEFAULTS, parseWorkload } from '../workload/parse.ts'

export const workloads: Command = {
  name: 'workloads',
  summary: 'lists the built-in workloads, or prints one as a file that run takes',
  operands: '[NAME]',
  options: [],
  examples: ['workloads', 'workloads throughput > mine.yaml'],
  run({ operands: [name, extra] }, io) {
    if (extra !== undefined) throw new UsageError(`"${extra}": give the name of one workload`)
    if (name === undefined) list(io)
    else io.out(asFile(builtIn(name)))
    return Promise.resolve(0)
  },
}

function list(io: Io): void {
  const width = Math.max(...BUILT_IN.map(({ name }) => name.length))
  for (const { name, question, fields } of BUILT_IN) {
    io.out(`${name.padEnd(width)}  ${question}\n`)
    io.out(`${''.padEnd(width)}  ${describeWorkload(parseWorkload(fields, name))}\n`)
  }
}

function builtIn(name: string): BuiltIn {
  const found = BUILT_IN.find((each) => each.name === name)
  if (found === undefined)
    throw new UsageError(
      `there is no workload "${name}": there are ${BUILT_IN.map((each) => each.name).join(', ')}`,
    )
  return found
}

/** With every field that has a value, so that whoever changes it sees what there is. */
function asFile({ name, question, fields }: BuiltIn): string {
  // How many connections there are otherwise depends on the transport, and a closed loop has no rate.
  const { connections: _, rate, ...known } = DEFAULTS
  const arrival = fields.closed === undefined ? { rate } : {}
  return `# ${question}\n${stringify({ ...known, ...arrival, ...fields, name })}`
}
