import type { Given, Io } from '../../kit/cli/command.ts'
import { type OutputFiles, outputFiles } from '../../kit/cli/output-files.ts'
import { UsageError } from '../../kit/usage-error.ts'
import * as csv from '../../reports/load/csv.ts'
import * as hgrm from '../../reports/load/hgrm.ts'
import * as html from '../../reports/load/html.ts'
import * as json from '../../reports/load/json.ts'
import * as markdown from '../../reports/load/markdown.ts'
import { LATENCY_NAMES, type LatencyName, type LoadResult } from '../../reports/load/result.ts'

/** The files that were asked for. Throws `UsageError`, also for one that cannot be written. */
export async function resultFiles(given: Given, io: Pick<Io, 'unwritten'>): Promise<OutputFiles<LoadResult>> {
  const latency = latencyFrom(given)
  return await outputFiles<LoadResult>(
    given,
    's2-load',
    {
      json: json.render,
      html: html.render,
      markdown: markdown.render,
      csv: csv.render,
      hgrm: (result) => hgrm.render(result, latency),
    },
    io,
  )
}

function latencyFrom(given: Given): LatencyName {
  const wanted = given.text('hgrm-of')
  const name = LATENCY_NAMES.find((known) => known === wanted)
  if (name === undefined)
    throw new UsageError(`--hgrm-of is one of ${LATENCY_NAMES.join(', ')}, not "${wanted}"`)
  return name
}
