import type { Setup } from './setup.ts'
import type { Workshop } from './workshop.ts'

/** A client that others wrote, with what shows that it works against our server. */
export interface Client {
  readonly name: string
  /** What is run, for the table. */
  readonly title: string
  readonly setup: Setup
  /** Fewer tests than this are not the suite: something ended early, or skipped itself. */
  readonly leastTests: number
  /** Makes it ready. Resolves to why it cannot be had on this machine; rejects if it can and something is wrong. */
  readonly needs: (workshop: Workshop) => Promise<string | undefined>
  readonly run: (server: Served, workshop: Workshop) => Promise<readonly TestResult[]>
}

/** A running server, and the environment in which a client finds that one and no other. */
export interface Served {
  readonly url: string
  readonly env: NodeJS.ProcessEnv
}

export interface TestResult {
  readonly test: string
  readonly outcome: 'passed' | 'failed' | 'skipped'
  /** What a failed test printed, or why one was skipped. */
  readonly output: string
}
