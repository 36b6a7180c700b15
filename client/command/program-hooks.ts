import { type Program, takes } from '../../kit/cli/command.ts'
import { S2_CONFIG_OPTION, s2ConfigWords } from './s2-config.ts'
import { safeIo } from './safe-io.ts'
import { applyTrust, TRUST_OPTIONS } from './trust.ts'

/** The parts of a program whose commands connect to an S2 server. */
export const PROGRAM_HOOKS: Pick<Program, 'filter' | 'moreWords' | 'prepare'> = {
  filter: safeIo,
  async moreWords(command, given, io) {
    return takes(command, S2_CONFIG_OPTION) ? await s2ConfigWords(given, io) : []
  },
  async prepare(command, given, io) {
    if (TRUST_OPTIONS.every((option) => takes(command, option))) await applyTrust(given, io)
  },
}
