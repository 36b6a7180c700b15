import { inGroup, type Option } from '../../kit/cli/command.ts'

/** How two sides are compared, and what is written of it; every command that compares takes them. */
export const COMPARISON_OPTIONS: readonly Option[] = inGroup('Comparison', [
  {
    name: 'min-effect',
    value: 'PERCENT',
    default: '5',
    help: 'the smallest change that matters: 5, 2.5',
  },
  {
    name: 'metrics',
    value: 'NAMES',
    help: 'metrics that have to be decided, or it exits with 3: response-p99,append-rate. The others can accuse, and no more',
  },
  { name: 'allow-suspect', help: 'decide although most rounds of a side are SUSPECT' },
  { name: 'resample-seed', value: 'N', default: '1', help: 'seed for the intervals' },
  { name: 'json', value: 'FILE', isOutput: true, help: 'write the whole comparison there' },
  { name: 'junit', value: 'FILE', isOutput: true, help: 'write JUnit XML there, a case for each metric' },
  {
    name: 'markdown',
    value: 'FILE',
    isOutput: true,
    help: 'write a summary there, for a CI job or a comment on the change',
  },
  {
    name: 'github-benchmark',
    value: 'FILE.json',
    isOutput: true,
    help: "write FILE.smaller.json and FILE.bigger.json there for github-action-benchmark's custom tools",
  },
  { name: 'bencher', value: 'FILE', isOutput: true, help: 'write Bencher Metric Format there' },
])
