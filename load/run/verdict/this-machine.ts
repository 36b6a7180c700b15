import { cpus, release, totalmem, type } from 'node:os'
import type { Machine } from '../../../reports/load/result.ts'

export const thisMachine = (): Machine => ({
  cpus: cpus().length,
  model: cpus()[0]?.model ?? 'unknown',
  memoryBytes: totalmem(),
  platform: `${type()} ${release()}`,
  node: process.versions.node,
})
