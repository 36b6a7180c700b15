export interface Part {
  /** What follows `npm run verify --`. */
  readonly name: string
  readonly about: string
  /** Its entry, from the root of the repository. */
  readonly file: string
}

const part = (name: string, file: string, about: string): Part => ({
  name,
  about,
  file: `verification/${file}`,
})

/** Everything that `npm run verify` runs, the judges first, then what measures, then what writes a committed table. */
export const PARTS: readonly Part[] = [
  part(
    'mutants',
    'suite-mutants/main.ts',
    'Runs the suite against each mutant of the server: all must be killed',
  ),
  part(
    'tamper',
    'answer-tampering/main.ts',
    'Alters each answer that a check reads: its verdict must change',
  ),
  part('parity', 'parity/main.ts', 'Compares the flavor lite with s2-lite, answer by answer'),
  part(
    'clients',
    'clients/main.ts',
    "Runs S2's own SDKs, their tests and the CLI against the reference server",
  ),
  part('simulate', 'simulation/enter.ts', 'Runs the server in simulated time, with faults of disk and host'),
  part('exhaust', 'exhaustion/main.ts', 'Tries to exhaust the memory and the CPU of the server'),
  part('fuzz', 'fuzzing/main.ts', 'Sends the server malformed requests'),
  part('agreement', 'agreement/main.ts', 'Compares the history checker with a brute-force search'),
  part('porcupine', 'agreement/porcupine.ts', 'Compares the history checker with Porcupine'),
  part('vectors', 'vectors/main.ts', 'Replays the vectors with the runners in Python and Go'),
  part('workflows', 'workflows/main.ts', 'Runs the example workflows step by step'),
  part('repeat', 'repeat/main.ts', 'Repeats runs of the suite and compares their verdicts'),
  part('bench-server', 'benchmarks/server/main.ts', 'Measures the reference server, next to s2-lite'),
  part('bench-load', 'benchmarks/load/main.ts', 'Measures how exact and how fast the load generator is'),
  part(
    'bench-history',
    'benchmarks/history/main.ts',
    'Measures the history checker with a million operations',
  ),
  part(
    'gate-evidence',
    'gate-evidence/main.ts',
    'Shows the gate with a slower server, an equal one and a noisy host',
  ),
  part(
    'publish-load',
    'publish-load/main.ts',
    'Measures the common workloads and writes reports/published/load',
  ),
  part(
    'costs',
    'costs/main.ts',
    'Writes the requests and bytes of each check into conformance/run/costs.json',
  ),
  part('ledger', 'ledger/main.ts', 'Writes the verdicts of the published runs into the ledger'),
]
