import { expect, test } from 'vitest'
import { singleEndpoint } from '../../client/endpoints.ts'
import { attach } from '../../client/launch/attached.ts'
import type { Io } from '../../kit/cli/command.ts'
import { createServer } from '../../reference-server/server.ts'
import { openMemoryStore } from '../../reference-server/store/memory.ts'
import { testRequirement } from '../testing/check-parts.ts'
import { judgeTarget } from './judge-target.ts'

test('a target that cannot be taken down takes no result with it', async () => {
  const server = await createServer({ data: { store: await openMemoryStore() } })
  const url = await server.start()
  let err = ''
  const io: Io = {
    out: () => {},
    err: (text) => {
      err += text
    },
    env: {},
    isInteractive: false,
    width: 120,
    colour: false,
    interrupted: new AbortController().signal,
    cwd: '/',
  }
  const launcher = {
    ...attach(singleEndpoint(url)),
    dispose: () => Promise.reject(new Error('it does not go away')),
  }
  const result = await judgeTarget(
    {
      createLauncher: () => Promise.resolve(launcher),
      isEmbedded: false,
      isAttached: true,
      options: '',
    },
    {
      selection: { selected: [testRequirement(() => Promise.resolve())], unselected: [] },
      expectations: { entries: [] },
      token: undefined,
      profile: 'core',
      seed: 1,
      concurrency: 1,
      firstTransportOnly: false,
      thorough: false,
    },
    io,
  )
  await server.stop()
  expect(result.outcome).toBe('conformant')
  expect(err).toBe('s2-conformance: the target could not be stopped: it does not go away\n')
})
