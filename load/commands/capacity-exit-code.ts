import type { Capacity, CapacityOutcome } from '../../reports/load/capacity.ts'

/** 1 where nothing holds, or a record was lost or changed; 3 for what was not found out, or by a SUSPECT run where that is not allowed. */
export function capacityExitCode(
  { outcome, perSecond, steps }: Pick<Capacity, 'outcome' | 'perSecond' | 'steps'>,
  allowSuspect: boolean,
): number {
  const confirmed = steps.findLast((step) => step.perSecond === perSecond && step.verdict === 'holds')
  const isDoubtful = confirmed !== undefined && confirmed.run !== 'VALID'
  return isDoubtful && !allowSuspect && outcome !== 'violation' ? 3 : EXIT_CODES[outcome]
}

const EXIT_CODES: Readonly<Record<CapacityOutcome, number>> = {
  found: 0,
  'holds-throughout': 0,
  'never-holds': 1,
  violation: 1,
  unconfirmed: 3,
  inconclusive: 3,
  interrupted: 3,
}
