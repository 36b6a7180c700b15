/** A server that does not start. It prints workflow commands of GitHub, which the launching command quotes. */
import { ATTACK } from './workflow-command-attack.ts'

process.stderr.write(ATTACK)
process.exitCode = 1
