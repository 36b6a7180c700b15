import { defineConfig, type ViteUserConfig } from 'vitest/config'

const config: ViteUserConfig = defineConfig({
  test: {
    include: ['{proto,reference-server,conformance,load,reports,scripts,test}/**/*.test.ts'],
    // Two cores: a third worker would only make the tests that keep time wait for each other.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // What is polled for comes at once, but not on a machine that is busy with something else.
    expect: { poll: { timeout: 10_000 } },
  },
})

export default config
