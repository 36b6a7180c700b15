/** Names and values of the headers of each record, of which a workload only says how many. */
export const headersOf = (count: number): readonly (readonly [name: Buffer, value: Buffer])[] =>
  Array.from({ length: count }, (_none, index) => [
    Buffer.from(`header-${index}`),
    Buffer.from(`value-${index}`),
  ])

/** Metered bytes of a record (REC-001) whose body has so many. */
export const meteredBytesOf = (bodyBytes: number, headers: number): number =>
  headersOf(headers).reduce(
    (sum, [name, value]) => sum + HEADER_BYTES + name.length + value.length,
    RECORD_BYTES + bodyBytes,
  )

/** What counts beside the body, and of each header beside its name and value. */
const [RECORD_BYTES, HEADER_BYTES] = [8, 2] as const
