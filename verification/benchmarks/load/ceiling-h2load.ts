import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawnNullServer } from '../../../load/calibrate/load-null.ts'
import { MEDIA_TYPES } from '../../../proto/http.ts'
import { encodeAppendInput } from '../../../proto/messages.ts'
import { runCommand } from '../../clients/command.ts'

export interface H2loadOptions {
  readonly connections: number
  /** Of each connection, at a time. */
  readonly streams: number
  readonly recordBytes: number
  readonly warmupSeconds: number
  readonly seconds: number
}

/** `nghttp2/1.52.0`; undefined where it is not installed. */
export function h2loadVersion(): string | undefined {
  const found = spawnSync('h2load', ['--version'], { encoding: 'utf8' })
  return found.status === 0
    ? (/nghttp2\/[\d.]+/.exec(found.stdout)?.[0] ?? 'of an unknown version')
    : undefined
}

/** Unary appends of one record in protobuf, as h2load makes them, of a null server of its own: requests a second. */
export async function runH2load(options: H2loadOptions): Promise<number> {
  const { connections, streams, recordBytes, warmupSeconds, seconds } = options
  const directory = await mkdtemp(join(tmpdir(), 's2-h2load-'))
  const server = await spawnNullServer([0, 0, 1, recordBytes])
  try {
    const body = join(directory, 'body')
    writeFileSync(body, encodeAppendInput({ records: [{ headers: [], body: Buffer.alloc(recordBytes, 1) }] }))
    const run = await runCommand(
      [
        'h2load',
        ...['-c', `${connections}`, '-m', `${streams}`, '-t', '1'],
        ...['-D', `${seconds * 1000}ms`, `--warm-up-time=${warmupSeconds * 1000}ms`, '-d', body],
        ...['-H', `content-type: ${MEDIA_TYPES.protobuf}`, '-H', `accept: ${MEDIA_TYPES.protobuf}`],
        `${server.origin}/v1/streams/null/records`,
      ],
      { cwd: directory, env: process.env, seconds: seconds + warmupSeconds + 20 },
    )
    return parseH2load(run.stdout)
  } finally {
    server.end()
    await rm(directory, { recursive: true, force: true })
  }
}

/** Requests a second of what h2load prints. Throws where any request did not succeed, or where there is no such number. */
export function parseH2load(stdout: string): number {
  const perSecond = Number(/^finished in .*?, ([\d.]+) req\/s/m.exec(stdout)?.[1])
  const [, succeeded, failed, errored, timedOut] =
    /^requests: .*? (\d+) succeeded, (\d+) failed, (\d+) errored, (\d+) timeout/m.exec(stdout) ?? []
  const [, good] = /^status codes: (\d+) 2xx/m.exec(stdout) ?? []
  if (!(perSecond > 0)) throw new Error(`h2load has measured nothing: ${stdout.slice(-500)}`)
  if (failed !== '0' || errored !== '0' || timedOut !== '0' || good !== succeeded)
    throw new Error(`not all requests of h2load succeeded: ${stdout.slice(-500)}`)
  return perSecond
}
