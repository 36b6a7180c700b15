import { inGroup, type Option } from '../../kit/cli/command.ts'

/** The renderings of a result that can be written into files. */
export const OUTPUT_OPTIONS: readonly Option[] = inGroup('Result files', [
  { name: 'json', value: 'FILE', isOutput: true, help: 'write the result there, with its histograms' },
  {
    name: 'html',
    value: 'FILE',
    isOutput: true,
    help: 'write a page for people there: one file, with plots',
  },
  {
    name: 'markdown',
    value: 'FILE',
    isOutput: true,
    help: 'write a summary there, for a CI job or a comment',
  },
  { name: 'csv', value: 'FILE', isOutput: true, help: 'write the series there, second by second' },
  {
    name: 'hgrm',
    value: 'FILE',
    isOutput: true,
    help: 'write percentiles there, as HdrHistogram prints them, in ms',
  },
  {
    name: 'hgrm-of',
    value: 'response|service|lag|e2e|check-tail',
    default: 'response',
    help: 'latency that --hgrm is of',
  },
])

export const ALLOW_SUSPECT: Option = {
  name: 'allow-suspect',
  help: 'exit with 0 although the numbers are SUSPECT',
}
