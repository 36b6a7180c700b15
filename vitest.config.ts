import { defineConfig, type ViteUserConfig } from 'vitest/config'
import slowestFiles from './test/slowest-files.ts'

const config: ViteUserConfig = defineConfig({
  test: {
    include: [
      '{proto,kit,client,reference-server,conformance,load,reports,verification,scripts,test}/**/*.test.ts',
    ],
    reporters: ['default', slowestFiles],
    // Two cores: a third worker would only make the tests that keep time wait for each other.
    maxWorkers: 2,
    // Deadlines end what hangs. They are far above what any test takes, as a busy machine may be many times slower.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 120_000 } },
  },
})

export default config
