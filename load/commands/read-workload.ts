import { readFile } from 'node:fs/promises'
import { parse, YAMLError } from 'yaml'
import type { Given, Option } from '../../kit/cli/command.ts'
import { systemReason } from '../../kit/message-of.ts'
import { UsageError } from '../../kit/usage-error.ts'
import { BUILT_IN } from '../workload/built-in.ts'
import { parseWorkload, type WorkloadFields } from '../workload/parse.ts'
import { WorkloadError } from '../workload/units.ts'
import type { Workload } from '../workload/workload.ts'
import { WORKLOAD_OPTIONS } from './workload-options.ts'

/** The workload of a name or a file, with what these options of the command line say above it. Throws `UsageError`. */
export async function readWorkload(
  given: Given,
  byDefault = 'default',
  above: readonly Option[] = WORKLOAD_OPTIONS,
): Promise<Workload> {
  const [operand = byDefault, extra] = given.operands
  if (extra !== undefined) throw new UsageError(`"${extra}": give one workload, a name or a file`)
  const base = await fieldsOf(operand)
  if (base.rate !== undefined && base.closed !== undefined)
    throw new UsageError(`${operand}: rate and closed ${EXCLUDE}`)
  const options = above.flatMap(({ name, value: isTold }) => {
    const value = isTold === undefined ? given.flag(name) || undefined : given.text(name)
    return value === undefined ? [] : [[name, value] as const]
  })
  const said: WorkloadFields = Object.fromEntries(options)
  if (said.rate !== undefined && said.closed !== undefined)
    throw new UsageError(`--rate and --closed ${EXCLUDE}`)
  // A rate on the command line stands above a closed loop of the workload.
  const fields = said.rate === undefined ? { ...base, ...said } : { ...base, ...said, closed: undefined }
  return workloadOf(fields, operand)
}

/** Reads the workload of a built-in name or a file. Throws `UsageError`. */
export async function namedWorkload(operand: string): Promise<Workload> {
  return workloadOf(await fieldsOf(operand), operand)
}

/** Parses the fields of a workload that came from `source`, which messages name. Throws `UsageError`. */
export function workloadOf(fields: WorkloadFields, source: string): Workload {
  try {
    return parseWorkload(fields, source)
  } catch (error) {
    throw error instanceof WorkloadError ? new UsageError(`${source}: ${error.message}`) : error
  }
}

const EXCLUDE = 'exclude each other: a load keeps to a plan or waits for answers'

async function fieldsOf(operand: string): Promise<WorkloadFields> {
  const builtIn = BUILT_IN.find(({ name }) => name === operand)
  if (builtIn !== undefined) return builtIn.fields
  if (operand.includes('://'))
    throw new UsageError(`"${operand}" is no workload: give a server with --endpoint`)
  if (!/\.(ya?ml|json)$/i.test(operand)) {
    const names = BUILT_IN.map(({ name }) => name).join(', ')
    throw new UsageError(`there is no workload "${operand}": give a .yaml file or one of ${names}`)
  }
  const value = parseYaml(operand, await textOf(operand))
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new UsageError(`${operand} holds no workload: it must be fields and their values`)
  return value as WorkloadFields
}

/** JSON is YAML too. */
function parseYaml(path: string, text: string): unknown {
  try {
    return parse(text)
  } catch (error) {
    if (!(error instanceof YAMLError)) throw error
    // What follows the first line shows the text around it.
    throw new UsageError(`${path} is not YAML: ${error.message.split('\n')[0]}`)
  }
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw new UsageError(`the workload ${path} cannot be read: ${systemReason(error)}`)
  }
}
