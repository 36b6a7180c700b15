import { messageOf } from '../../kit/message-of.ts'
import { checkDirectory } from '../store/check-directory.ts'
import { StoreError } from '../store/store-error.ts'

const EXIT = { sound: 0, damaged: 1, unopened: 2 } as const

/** `--check DIR`: prints a line for each damage and one with counts; resolves to the exit code. */
export async function check(
  directory: string,
  { out, err }: { readonly out: (line: string) => void; readonly err: (line: string) => void },
): Promise<number> {
  try {
    const { values, streams, records, damages } = await checkDirectory(directory, {
      damaged: (what) => out(`damaged: ${what}`),
      note: (what) => out(`note: ${what}`),
    })
    out(
      `${values} values, ${streams} streams, ${records} records: ${damages === 0 ? 'sound' : `${damages} damaged`}`,
    )
    return damages === 0 ? EXIT.sound : EXIT.damaged
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    err(`s2-reference-server: ${messageOf(error)}`)
    return EXIT.unopened
  }
}
