import { createServer } from '../../reference-server/server.ts'
import { openMemoryStore } from '../../reference-server/store/memory.ts'
import type { Write } from '../../reference-server/store/store.ts'
import { StoreError } from '../../reference-server/store/store-error.ts'

/**
 * A reference server that keeps every commit as one object in a bucket: `node bucket-server.ts PORT BUCKET HOW`.
 *
 *   careful    acknowledged is what is in the bucket, and a number that another has taken is not taken again
 *   later      what is acknowledged is put into the bucket afterwards
 *   alone      it takes itself for the only one
 */
const [port, bucket = '', how] = process.argv.slice(2)

const place = `${process.env.AWS_ENDPOINT_URL_S3}/${bucket}`
const urlOf = (number: number): string => `${place}/commit-${String(number).padStart(8, '0')}`

const encode = (writes: readonly Write[]): string =>
  JSON.stringify(
    writes.map((write) => [
      Buffer.from(write.key).toString('base64'),
      write.type === 'put' ? Buffer.from(write.value).toString('base64') : null,
    ]),
  )

const decode = (text: string): Write[] =>
  (JSON.parse(text) as [string, string | null][]).map(([key, value]) =>
    value === null
      ? { type: 'del', key: Buffer.from(key, 'base64') }
      : { type: 'put', key: Buffer.from(key, 'base64'), value: Buffer.from(value, 'base64') },
  )

/** Until it is there; undefined for a bucket that fails. */
async function put(number: number, writes: readonly Write[]): Promise<void> {
  const headers: Record<string, string> = how === 'alone' ? {} : { 'if-none-match': '*' }
  for (;;) {
    const { status } = await fetch(urlOf(number), { method: 'PUT', body: encode(writes), headers })
    if (status === 200) return
    if (status === 412) throw new StoreError('failed', 'another has taken over')
  }
}

/** Reads what is there, and takes the first number that is free: whoever was there before finds it taken. */
const memory = await openMemoryStore()
let next = 0
for (let isOurs = false; !isOurs; next++) {
  const there = await fetch(urlOf(next))
  if (there.status === 200) await memory.commit(decode(await there.text()))
  else
    isOurs = await put(next, []).then(
      () => true,
      () => false,
    )
  if (there.status !== 200 && !isOurs) next--
}

let failed = false
let last: Promise<void> = Promise.resolve()
const commit = (writes: readonly Write[]): Promise<void> => {
  const number = next++
  const before = last
  const kept = (async () => {
    await before
    if (how === 'later') void put(number, writes)
    else await put(number, writes)
    await memory.commit(writes)
  })()
  last = kept
  kept.catch(() => {
    failed = true
  })
  return kept
}
const server = await createServer({
  data: { store: { ...memory, commit, healthy: () => !failed } },
  options: { port: Number(port) },
})
await server.start()
