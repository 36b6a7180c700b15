import type { Program } from '../../kit/cli/command.ts'
import { S2_CONFIG_OPTION, s2ConfigWords } from './s2-config.ts'
import { safeIo } from './safe-io.ts'
import { applyTrust, TRUST_OPTIONS } from './trust.ts'

/** The parts of a program whose commands connect to an S2 server. */
export const PROGRAM_HOOKS: Pick<Program, 'filter' | 'moreWords' | 'prepare'> = {
  filter: safeIo,
  async moreWords({ options }, given, io) {
    return options.includes(S2_CONFIG_OPTION) ? await s2ConfigWords(given, io) : []
  },
  async prepare({ options }, given, io) {
    if (TRUST_OPTIONS.every((option) => options.includes(option))) await applyTrust(given, io)
  },
}
