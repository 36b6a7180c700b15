import type { CapturedStep } from '../captured-step.ts'
import type { Pattern } from '../pattern.ts'
import type { PatternServer } from './pattern-server.ts'
import { startPatternServer } from './start-server.ts'
import { createWorld } from './world.ts'

/** Runs a pattern against a fresh reference server and returns the exchanges of each step. */
export async function capturePattern(pattern: Pattern): Promise<readonly CapturedStep[]> {
  await using server = await startPatternServer(pattern)
  return await captureFrom(pattern, server)
}

/** Runs a pattern against a server without a basin of its name. */
export async function captureFrom(pattern: Pattern, server: PatternServer): Promise<readonly CapturedStep[]> {
  const { world, recording, close } = await createWorld(server)
  try {
    await pattern.run(world)
  } finally {
    await close()
  }
  return await recording.steps()
}
