import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Stub, startStub } from '../testing/stub-server.ts'
import { collectBody } from './collect.ts'
import { createHttp1 } from './http1.ts'
import { type Budget, createMeter, type Meter } from './meter.ts'
import type { Wire, WireAnswer } from './wire.ts'

let stub: Stub
let plain: Wire
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

beforeEach(async () => {
  stub = await startStub(({ body }) => ({ body: `got ${body.length}` }))
  plain = createHttp1()
})
afterEach(async () => {
  await plain.close()
  await stub.close()
})

function metering(budget: Budget): { meter: Meter; wire: Wire; spent: string[]; signal: AbortSignal } {
  const spent: string[] = []
  const end = new AbortController()
  const meter = createMeter(budget, (what) => {
    spent.push(what)
    end.abort(new Error(what))
  })
  return { meter, wire: meter.metered(plain), spent, signal: end.signal }
}

const whole = { upload: false, ownConnection: false }
const post = (body: Uint8Array | undefined, signal: AbortSignal, wire: Wire): Promise<WireAnswer> =>
  wire.open({ method: 'POST', origin: stub.origin, path: '/', headers: {}, body, http: '1.1' }, whole, signal)

test('counts requests and the bytes of bodies, both ways', async () => {
  const { meter, wire, spent, signal } = metering({})
  await collectBody(await post(bytes('12345'), signal, wire))
  await collectBody(await post(undefined, signal, wire))
  expect(meter).toMatchObject({ requests: 2, sent: 5, received: 'got 5'.length + 'got 0'.length })
  expect(spent).toEqual([])
})

test('counts what is written into an open body', async () => {
  const written: string[] = []
  const open: Wire['open'] = () =>
    Promise.resolve({
      status: 200,
      headers: {},
      chunks: (async function* () {})(),
      upload: {
        write: async (some) => void written.push(new TextDecoder().decode(some)),
        end: () => void written.push('end'),
      },
      cancel: () => {},
    })
  const meter = createMeter({}, () => {})
  const { upload } = await post(undefined, new AbortController().signal, meter.metered({ ...plain, open }))
  await upload.write(bytes('123'))
  upload.end()
  expect([written, meter.sent]).toEqual([['123', 'end'], 3])
})

test('the request beyond the budget is not sent, and is told once', async () => {
  const { wire, spent, signal } = metering({ requests: 1 })
  await collectBody(await post(undefined, signal, wire))
  await expect(post(undefined, signal, wire)).rejects.toThrow('1 request')
  await expect(post(undefined, signal, wire)).rejects.toThrow('1 request')
  expect([spent, stub.requests.length]).toEqual([['1 request'], 1])
})

test('bytes are spent by what is sent and by what comes', async () => {
  const sending = metering({ bytes: 4 })
  await expect(post(bytes('12345'), sending.signal, sending.wire)).rejects.toThrow('4 bytes')
  expect(stub.requests).toEqual([])
  const receiving = metering({ bytes: 4 })
  const answer = await post(undefined, receiving.signal, receiving.wire)
  await collectBody(answer).catch(() => {})
  expect(receiving.spent).toEqual(['4 bytes'])
})
