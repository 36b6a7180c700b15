import type { Annotation } from './ci-report.ts'

/** Returns the annotation as a workflow command of GitHub: one line, whatever its texts hold. */
export const annotationCommand = ({ level, title, message }: Annotation): string =>
  `::${level} title=${property(title)}::${data(message)}\n`

/** The text of a command ends with its line. */
const data = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')

/**
 * Returns the lines that set outputs of a step. The delimiter must be a random one that no value can know.
 */
export const outputLines = (outputs: Readonly<Record<string, string>>, delimiter: string): string =>
  Object.entries(outputs)
    .map(([name, value]) => `${name}<<${delimiter}\n${value}\n${delimiter}\n`)
    .join('')
