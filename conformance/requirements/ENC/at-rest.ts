import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { InconclusiveError } from '../../../client/failures.ts'
import { record } from '../../../client/records.ts'
import type { CheckContext } from '../../check/context.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'

export const atRest: readonly Requirement[] = [
  requirement(
    'ENC-017',
    'Ciphertext at rest',
    { needs: ['restart', 'encryption', 'basins'] },
    async (context) => {
      const { newBasin, newStream, newStreamName, lifecycle, expect } = context
      const plain = await newStream()
      const marks = new Map<string, string>()
      const open = unique(context)
      expect.ok(await plain.append({ records: [record(open)] }))
      for (const cipher of ['aegis-256', 'aes-256-gcm']) {
        const basin = await newBasin({ stream_cipher: cipher })
        const name = newStreamName()
        expect.ok(await basin.createStream(name), 201)
        const [body, header, value] = [unique(context), unique(context), unique(context)]
        const key = Buffer.from(unique(context)).subarray(0, 32)
        const headers = { 's2-encryption-key': key.toString('base64') }
        const stream = basin.stream(name)
        const sealed = { records: [record(body, { headers: [[header, value]] })] }
        expect.ok(await stream.append(sealed, { headers }))
        const read = expect.ok(await stream.read({ seqNum: 0n, count: 1n }, { headers }))
        expect.records(read.records, 0n, sealed.records)
        for (const [what, text] of Object.entries({ body, header, value, key: key.toString() }))
          marks.set(`${what} of ${cipher}`, text)
        marks.set(`base64 of the key of ${cipher}`, key.toString('base64'))
      }
      const { dataDirectory } = lifecycle
      if (dataDirectory === undefined) throw new InconclusiveError('the data are not kept on this machine')
      await lifecycle.stop()
      const stored = await contentOf(dataDirectory)
      await lifecycle.start()
      // What is not found says something only where what is in clear can be.
      if (!stored.includes(open))
        throw new InconclusiveError('a record in clear is not found in the data either')
      for (const [what, text] of marks) {
        expect.that(!stored.includes(text), `the ${what} is not in the data directory`, what)
      }
    },
  ),
]

/** 36 letters that stand nowhere else, and that no compression shortens. */
const unique = ({ random }: CheckContext): string =>
  Array.from({ length: 36 }, () => String.fromCharCode(97 + Math.floor(random() * 26))).join('')

async function contentOf(directory: string): Promise<Buffer> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  return Buffer.concat(await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name)))))
}
