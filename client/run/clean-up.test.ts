import { afterEach, expect, test } from 'vitest'
import { type TestTarget, testTarget } from '../../conformance/testing/check-parts.ts'
import { type Handler, type Stub, startStub } from '../testing/stub-server.ts'
import { cleanUp } from './clean-up.ts'

let stub: Stub
let target: TestTarget

afterEach(async () => {
  await target.close()
  await stub.close()
})

async function cleanedUp(handler: Handler, basins: number, seconds?: number): Promise<readonly string[]> {
  stub = await startStub(handler)
  target = testTarget(stub.origin)
  for (let count = 1; count < basins; count += 1) target.inventory.newBasinName()
  return await cleanUp(target.connections, target.inventory, target.redactor, seconds)
}

test('deletes what is in the inventory and nothing else', async () => {
  const notes = await cleanedUp(({ path }) => ({ status: path.endsWith('-2') ? 404 : 202 }), 20)
  expect(notes).toEqual([])
  const asked = stub.requests.map(({ method, path }) => `${method} ${path}`).toSorted()
  expect(asked).toEqual(
    target.inventory
      .basins()
      .map((name) => `DELETE /v1/basins/${name}`)
      .toSorted(),
  )
})

test('revokes the tokens of the inventory', async () => {
  stub = await startStub(({ path }) => ({ status: path.startsWith('/v1/access-tokens/') ? 204 : 202 }))
  target = testTarget(stub.origin)
  const [id = ''] = target.inventory.newTokenIds(['/a'])
  expect(await cleanUp(target.connections, target.inventory, target.redactor)).toEqual([])
  expect(stub.requests.map(({ method, path }) => `${method} ${path}`)).toContain(
    `DELETE /v1/access-tokens/${encodeURIComponent(id)}`,
  )
})

test('a token that cannot be revoked becomes a note', async () => {
  stub = await startStub(({ path }) => ({ status: path.startsWith('/v1/access-tokens/') ? 500 : 202 }))
  target = testTarget(stub.origin)
  const [id] = target.inventory.newTokenIds([''])
  expect(await cleanUp(target.connections, target.inventory, target.redactor)).toEqual([
    `1 access token could not be deleted (DELETE answered 500): ${id}`,
  ])
})

test('a deletion that is broken becomes a note', async () => {
  const notes = await cleanedUp(() => ({ status: 500 }), 7)
  expect(notes).toEqual([
    expect.stringMatching(/^7 basins could not be deleted \(DELETE answered 500\): s2c-.* and others$/),
  ])
})

test('a basin that is not served yet is asked again, for a while (CP-BAS-045)', async () => {
  let refusals = 2
  expect(await cleanedUp(() => ({ status: refusals-- > 0 ? 503 : 202 }), 1)).toEqual([])
  expect(stub.requests).toHaveLength(3)
})

test('one that is never served becomes a note, and ends in time', async () => {
  const notes = await cleanedUp(() => ({ status: 503 }), 1, 0.4)
  expect(notes).toEqual([expect.stringContaining('1 basin could not be deleted')])
})

test('a deletion that hangs ends in time', async () => {
  // A request that its own deadline ended would be noted as one without an answer.
  const notes = await cleanedUp(() => 'silent', 30, 0.3)
  expect(notes).toEqual([expect.stringContaining('30 basins could not be deleted (clean-up took too long)')])
})

test('a target that is gone is no reason to fail', async () => {
  expect(await cleanedUp(() => 'cut', 1)).toEqual([expect.stringContaining('the connection was closed')])
})
