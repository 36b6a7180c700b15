import { once } from 'node:events'
import { createServer } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { BOARD_BYTES } from '../../measure/board.ts'
import { parseWorkload, type WorkloadFields } from '../../workload/parse.ts'
import { createWiring } from './wiring.ts'

const NOTHING = (): void => {}

test.each<[string, WorkloadFields, 'tail' | 'catchUp', number]>([
  ['a writer and a reader at the tail', {}, 'tail', 2],
  ['those that share connections', { 'share-connections': true }, 'tail', 1],
  ['a writer and a reader that catches up', { 'share-connections': true }, 'catchUp', 2],
])('%s need so many connections', async (_what, fields, reads, expected) => {
  let connections = 0
  const server = createServer()
  server.on('stream', (stream) => stream.on('error', NOTHING).respond({ ':status': 200 }))
  server.on('session', () => {
    connections += 1
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const workload = parseWorkload(fields, 'wiring')
  const wiring = createWiring({
    workload,
    place: { origin: `http://127.0.0.1:${port}`, prefix: '', headers: {} },
    streams: ['s'],
    thread: 0,
    tag: 1,
    epochUs: 0,
    memory: new SharedArrayBuffer(BOARD_BYTES),
  })
  const visitor = { record: NOTHING, tail: NOTHING }
  await wiring.createAppender(0, () => true, NOTHING, NOTHING).open()
  await wiring.createReader(0, workload[reads], { visitor, onBytes: NOTHING, onEnd: NOTHING }).open(0)
  wiring.close()
  server.close()
  expect(connections).toBe(expected)
})
