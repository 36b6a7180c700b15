import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startBucket } from '../bucket/bucket.ts'
import type { StorageSwitch } from './storage-switch.ts'

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
  if (command.includes('{bucket}')) {
    const bucket = await startBucket()
    return {
      ...NONE,
      bucket: bucket.name,
      env: bucket.env,
      switch: bucket.switch,
      forgets: undefined,
      remove: () => bucket.close(),
    }
  }
  if (!command.includes('{data_dir}')) return NONE
  const dataDirectory = await mkdtemp(join(tmpdir(), 's2-conformance-'))
  return {
    ...NONE,
    dataDirectory,
    forgets: undefined,
    remove: () => rm(dataDirectory, { recursive: true, force: true }),
  }
}
