import type { Command } from '../../conformance/cli/command.ts'
import { BUILT_IN } from '../workload/built-in.ts'
import { describeWorkload } from '../workload/describe.ts'
import { parseWorkload } from '../workload/parse.ts'

export const workloads: Command = {
  name: 'workloads',
  summary: 'lists the built-in workloads',
  options: [],
  examples: ['workloads'],
  run(_given, io) {
    const width = Math.max(...BUILT_IN.map(({ name }) => name.length))
    for (const { name, question, fields } of BUILT_IN) {
      io.out(`${name.padEnd(width)}  ${question}\n`)
      io.out(`${''.padEnd(width)}  ${describeWorkload(parseWorkload(fields, name))}\n`)
    }
    return Promise.resolve(0)
  },
}
