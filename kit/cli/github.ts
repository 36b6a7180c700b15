import { randomUUID } from 'node:crypto'
import { appendFile } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { systemReason } from '../message-of.ts'
import { pipeAt } from '../replace-file.ts'
import { mapTexts } from '../text/map-texts.ts'
import { plain } from '../text/plain.ts'
import type { CiReport } from './ci-report.ts'
import type { Given, Io } from './command.ts'
import { outputLines } from './github-commands.ts'

/** Reports whether the process runs in a workflow of GitHub. */
export const isInWorkflow = (env: Io['env']): boolean => env.GITHUB_ACTIONS === 'true'

/**
 * Reports a result to a workflow of GitHub: annotates the change, appends to the summary of the job and sets the outputs of
 * the step. The output `report` is the path of the JSON file, or else of the Markdown file. Elsewhere it does nothing. A
 * file that cannot be written is reported on stderr and changes no verdict.
 */
export async function reportToWorkflow<Result>(
  result: Result,
  render: (result: Result) => CiReport,
  given: Given,
  io: Pick<Io, 'env' | 'err' | 'annotate' | 'secrets'>,
): Promise<void> {
  const { env, secrets } = io
  if (!isInWorkflow(env)) return
  const { summary, annotations, outputs } = render(
    secrets === undefined ? result : mapTexts(result, secrets.text),
  )
  for (const annotation of annotations) io.annotate?.(annotation)
  const report = given.text('json') ?? given.text('markdown')
  const all = { ...outputs, ...(report !== undefined && { report }) }
  await append('GITHUB_STEP_SUMMARY', `${plain(summary)}\n`, io)
  await append('GITHUB_OUTPUT', outputLines(all, `s2-${randomUUID()}`), io)
}

async function append(variable: string, text: string, { env, err }: Pick<Io, 'env' | 'err'>): Promise<void> {
  const path = env[variable]
  if (!path) return
  try {
    const pipe = await pipeAt(path)
    if (pipe === undefined) await appendFile(path, text)
    else await pipeline([text], pipe)
  } catch (error) {
    err(`${variable} cannot be written: ${systemReason(error)}\n`)
  }
}
