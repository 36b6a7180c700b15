import { type TestAPI, test } from 'vitest'
import { type StartedServer, startReferenceServer } from './index.ts'
import type { StartOptions } from './start-options.ts'

export interface ReferenceServerFixtures {
  /** In the state that `init` describes at the beginning of each test. */
  readonly referenceServer: StartedServer
}

interface WorkerFixtures {
  readonly referenceServerOfWorker: StartedServer
}

/**
 * Returns vitest's `test` with the fixture `referenceServer`: one server for each worker, started by the first test that uses it,
 * reset after each test and closed with the worker. Tests that run concurrently in one file share it.
 */
export function referenceServerTest(
  options: StartOptions = {},
): TestAPI<ReferenceServerFixtures & WorkerFixtures> {
  return test.extend<ReferenceServerFixtures & WorkerFixtures>({
    referenceServerOfWorker: [
      // biome-ignore lint/correctness/noEmptyPattern: vitest reads the names of fixtures from the pattern.
      async ({}, use) => {
        await using server = await startReferenceServer(options)
        await use(server)
      },
      { scope: 'worker' },
    ],
    referenceServer: async ({ referenceServerOfWorker: server }, use) => {
      await use(server)
      await server.reset()
    },
  })
}
