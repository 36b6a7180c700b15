import { startReferenceServer } from './index.ts'
import type { StartOptions } from './start-options.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the server of the global set-up listens. */
    referenceServerUrl: string
  }
}

/** The part of vitest's project that a global set-up uses. */
export interface Provider {
  provide(key: 'referenceServerUrl', url: string): void
}

/** Starts the server, and resolves to the tear-down. */
export type GlobalSetup = (project: Provider) => Promise<() => Promise<void>>

/**
 * Returns a global set-up for vitest that starts one server for the whole run and provides its URL: `inject('referenceServerUrl')`.
 * The tests share its data.
 */
export function referenceServerSetup(options: StartOptions = {}): GlobalSetup {
  return async (project) => {
    const server = await startReferenceServer(options)
    project.provide('referenceServerUrl', server.url)
    return () => server.close()
  }
}

/** The set-up without options, for a configuration that names this module. */
export const setup: GlobalSetup = referenceServerSetup()
