import type { Rules } from '../../../reference-server/semantics/rules.ts'
import type { Fired } from '../defect.ts'

/** The rule, but a fencing token passes that is another and has the same `form` as the one in force. */
export const passAlike =
  (rules: Rules, fired: Fired, form: (token: string) => string): Rules['append'] =>
  (state, batch, ...given) => {
    const { fencingToken: token } = batch
    const isAlike =
      token !== undefined && token !== state.fencingToken && form(token) === form(state.fencingToken)
    const passed = isAlike ? fired({ ...batch, fencingToken: state.fencingToken }) : batch
    return rules.append(state, passed, ...given)
  }
