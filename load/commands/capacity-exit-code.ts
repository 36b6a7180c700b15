import { EXIT } from '../../kit/cli/command.ts'
import type { Capacity, CapacityOutcome } from '../../reports/load/capacity.ts'

/** 1 where nothing holds, or a record was lost or changed; 3 for what was not found out, or by a SUSPECT run where that is not allowed. */
export function capacityExitCode(
  { outcome, perSecond, steps }: Pick<Capacity, 'outcome' | 'perSecond' | 'steps'>,
  allowSuspect: boolean,
): number {
  const confirmed = steps.findLast((step) => step.perSecond === perSecond && step.verdict === 'holds')
  const isDoubtful = confirmed !== undefined && confirmed.run !== 'VALID'
  return isDoubtful && !allowSuspect && outcome !== 'violation' ? EXIT.inconclusive : EXIT_CODES[outcome]
}

const EXIT_CODES: Readonly<Record<CapacityOutcome, number>> = {
  found: EXIT.conformant,
  'holds-throughout': EXIT.conformant,
  'never-holds': EXIT.notConformant,
  violation: EXIT.notConformant,
  unconfirmed: EXIT.inconclusive,
  inconclusive: EXIT.inconclusive,
  interrupted: EXIT.inconclusive,
}
