import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createTemporaryDirectory } from '../../kit/temporary-directory.ts'
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
  const temporary = command.includes('{data_dir}')
    ? await createTemporaryDirectory('s2-conformance')
    : undefined
  // Inside of it, as the target's directory begins empty.
  const dataDirectory = temporary && join(temporary.path, 'data')
  if (dataDirectory !== undefined) await mkdir(dataDirectory)
  const bucket = command.includes('{bucket}') ? await startBucket() : undefined
  if (dataDirectory === undefined && bucket === undefined) return NONE
  return {
    dataDirectory,
    bucket: bucket?.name ?? '',
    env: bucket?.env ?? {},
    switch: bucket?.switch,
    forgets: undefined,
    async remove() {
      await temporary?.remove()
      await bucket?.close()
    },
  }
}
