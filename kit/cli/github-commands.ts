import type { Annotation } from './ci-report.ts'

/** Returns the annotation as a workflow command of GitHub. It is one line, since newlines in its texts are escaped. */
export const annotationCommand = ({ level, title, message }: Annotation): string =>
  `::${level} title=${property(title)}::${data(message)}\n`

/** Escapes the message of a command, which ends at the end of its line. */
const data = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')

/** Returns the lines that set outputs of a step. The delimiter must be random, so that no value can contain it. */
export const outputLines = (outputs: Readonly<Record<string, string>>, delimiter: string): string =>
  Object.entries(outputs)
    .map(([name, value]) => `${name}<<${delimiter}\n${value}\n${delimiter}\n`)
    .join('')
