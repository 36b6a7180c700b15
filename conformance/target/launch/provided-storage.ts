import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startBucket } from '../bucket/bucket.ts'
import type { StorageSwitch } from '../storage-switch.ts'

/** Where the instances of a launched target keep what outlives them. */
export interface ProvidedStorage {
  readonly dataDirectory: string | undefined
  /** The name of a bucket of S3, which `env` says how to reach. */
  readonly bucket: string
  readonly env: NodeJS.ProcessEnv
  readonly switch: StorageSwitch | undefined
  readonly forgets: string | undefined
  remove(): Promise<void>
}

const NONE: ProvidedStorage = {
  dataDirectory: undefined,
  bucket: '',
  env: {},
  switch: undefined,
  forgets: 'the launched command takes no {data_dir} and no {bucket}',
  remove: () => Promise.resolve(),
}

/** A directory for a command that takes `{data_dir}`, a bucket of our own for one that takes `{bucket}`. */
export async function provideStorage(command: string): Promise<ProvidedStorage> {
  const dataDirectory = command.includes('{data_dir}')
    ? await mkdtemp(join(tmpdir(), 's2-conformance-'))
    : undefined
  const bucket = command.includes('{bucket}') ? await startBucket() : undefined
  if (dataDirectory === undefined && bucket === undefined) return NONE
  return {
    dataDirectory,
    bucket: bucket?.name ?? '',
    env: bucket?.env ?? {},
    switch: bucket?.switch,
    forgets: undefined,
    async remove() {
      if (dataDirectory !== undefined) await rm(dataDirectory, { recursive: true, force: true })
      await bucket?.close()
    },
  }
}
