import type { Reporter, TestModule } from 'vitest/node'

/** Files that the list names. */
const LISTED = 12

/** Fewer files than this are a selection by hand, whose times vitest prints next to their names. */
const WHOLE_RUN = 100

/** Returns the list of the slowest test files: seconds of a worker in each, imports included. */
export function slowestFiles(modules: readonly TestModule[]): string {
  const files = modules
    .map((module) => ({ path: module.relativeModuleId, milliseconds: workerTime(module) }))
    .toSorted((one, other) => other.milliseconds - one.milliseconds)
  const all = files.reduce((sum, { milliseconds }) => sum + milliseconds, 0)
  const lines = files
    .slice(0, LISTED)
    .map(({ path, milliseconds }) => `${seconds(milliseconds).padStart(8)}  ${path}`)
  return `Slowest of ${files.length} files, which took ${seconds(all)} of the workers:\n${lines.join('\n')}\n`
}

function workerTime(module: TestModule): number {
  const { collectDuration, duration, environmentSetupDuration, prepareDuration, setupDuration } =
    module.diagnostic()
  return collectDuration + duration + environmentSetupDuration + prepareDuration + setupDuration
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`

/** Prints the slowest files after a run of all tests, so that a slow one is noticed when it is new. */
const reporter: Reporter = {
  onTestRunEnd(modules) {
    if (modules.length >= WHOLE_RUN) process.stdout.write(`\n${slowestFiles(modules)}`)
  },
}

export default reporter
