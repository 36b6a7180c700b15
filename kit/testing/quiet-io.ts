import type { Io } from '../cli/command.ts'

/** Of a command that nobody looks at, and nobody interrupts. */
export const quietIo: Io = {
  out() {},
  err() {},
  env: {},
  isInteractive: false,
  width: 80,
  colour: false,
  interrupted: new AbortController().signal,
  cwd: process.cwd(),
}
