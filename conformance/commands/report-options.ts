import { inGroup, type Option } from '../../kit/cli/command.ts'

/** The renderings of a result that can be written into files. */
export type FormatName = 'json' | 'html' | 'junit' | 'ctrf' | 'markdown' | 'badge'

const FORMATS: readonly (readonly [name: FormatName, help: string])[] = [
  ['json', 'write the whole result there, with transcripts'],
  ['html', 'write a page for people there: one file, with search and transcripts'],
  ['junit', 'write JUnit XML there, for a CI system'],
  ['ctrf', 'write CTRF JSON there, for test dashboards and CI tools'],
  ['markdown', 'write a summary there, for a CI job or a comment'],
  ['badge', 'write a badge there: SVG, or JSON for an endpoint badge of shields.io'],
]

export const REPORT_OPTIONS: readonly Option[] = inGroup('Report files', [
  ...FORMATS.map(([name, help]): Option => ({ name, value: 'FILE', isOutput: true, help })),
  {
    name: 'stable',
    help: 'keep names, ports, times and durations out of the rows of these files, so that two of them differ where verdicts do',
  },
])
