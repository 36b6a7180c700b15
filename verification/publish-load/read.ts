import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseLoadResult } from '../../reports/load/parse.ts'
import type { Published } from './overview.ts'
import { TARGETS, WORKLOADS } from './targets.ts'

export const PUBLISHED: string = join(import.meta.dirname, '../../reports/published')

/** Those of the published results that are there, workload by workload. Throws a `LoadReportError` for one that is none. */
export const readPublished = (): readonly Published[] =>
  WORKLOADS.flatMap((workload) =>
    TARGETS.flatMap(({ key, title }) => {
      const file = `${key}-${workload}`
      const path = join(PUBLISHED, 'load', `${file}.json`)
      return existsSync(path)
        ? [{ workload, title, file, result: parseLoadResult(readFileSync(path, 'utf8')) }]
        : []
    }),
  )
