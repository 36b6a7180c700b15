import { RunEnded } from '../../kit/run-ended.ts'

/** The run may send no more requests to the target. */
export class BudgetSpent extends RunEnded {
  constructor(what: string) {
    super(`the budget of ${what} was used up`)
    this.name = 'BudgetSpent'
  }
}

/** The target stopped answering. */
export class TargetSilent extends RunEnded {
  constructor(requests: number) {
    super(`the target did not answer ${requests} requests in a row`)
    this.name = 'TargetSilent'
  }
}
