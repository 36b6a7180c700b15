import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { systemReason } from '../../kit/message-of.ts'
import { UsageError } from '../../kit/usage-error.ts'
import type { Calibration } from '../../reports/load/calibration.ts'
import { parseCalibration } from '../../reports/load/calibration.ts'
import { LoadReportError } from '../../reports/load/shape.ts'
import { toJson } from '../../reports/to-json.ts'
import { thisMachine } from '../run/verdict/this-machine.ts'

type Env = Readonly<Record<string, string | undefined>>

/** Where this machine's last calibration is kept; undefined for an environment that has no place for it. */
export function keptAt({ XDG_CACHE_HOME, HOME }: Env): string | undefined {
  const cache = XDG_CACHE_HOME || (HOME === undefined ? undefined : join(HOME, '.cache'))
  return cache === undefined ? undefined : join(cache, 's2-conformance', 'load-calibration.json')
}

/** Resolves with where. Rejects with the error of the file system. */
export async function keep(calibration: Calibration, env: Env): Promise<string> {
  const path = keptAt(env)
  if (path === undefined) throw new Error('neither XDG_CACHE_HOME nor HOME says where')
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, toJson(calibration))
  return path
}

/** The one that is kept, if it is of this tool on this machine as it is now; what is not does not count. */
export async function readKept(env: Env, tool: string): Promise<Calibration | undefined> {
  const path = keptAt(env)
  if (path === undefined) return undefined
  try {
    const calibration = parseCalibration(await readFile(path, 'utf8'))
    return calibration.tool === tool && isDeepStrictEqual(calibration.machine, thisMachine())
      ? calibration
      : undefined
  } catch (error) {
    // There is none, or one that another version has written.
    if (isFileError(error) || error instanceof LoadReportError) return undefined
    throw error
  }
}

/** The one that the user names. Throws `UsageError`. */
export async function readCalibration(path: string): Promise<Calibration> {
  try {
    return parseCalibration(await readFile(path, 'utf8'))
  } catch (error) {
    if (isFileError(error))
      throw new UsageError(`--calibration: the file ${path} cannot be read: ${systemReason(error)}`)
    if (!(error instanceof LoadReportError)) throw error
    throw new UsageError(`--calibration: ${path} is not what calibrate writes: ${error.message}`)
  }
}

const isFileError = (error: unknown): boolean => error instanceof Error && 'syscall' in error
