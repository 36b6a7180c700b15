import { record } from '../../../client/records.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'

const RECORD_BYTES = 512 * 1024

const RECORDS = 16

export const ready: readonly Requirement[] = [
  requirement('DUR-016', 'Time to ready', { needs: ['restart'] }, async (context) => {
    // How long a start takes with some data there, after either end.
    const { newStream, lifecycle, expect, now } = context
    const stream = (await newStream()).over('protobuf')
    for (let index = 0; index < RECORDS; index++) {
      expect.ok(await stream.append({ records: [record(new Uint8Array(RECORD_BYTES))] }))
    }
    for (const end of ['stop', 'kill'] as const) {
      await lifecycle[end]()
      const begun = now()
      await lifecycle.start()
      await expect.tail(stream, BigInt(RECORDS))
      const seconds = ((now() - begun) / 1000).toFixed(1)
      context.record(`with 8 MiB written, ${seconds} s from the start to the first tail after a ${end}`)
    }
  }),
]
