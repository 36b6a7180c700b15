/** Names in the order of their bytes in UTF-8, in which every listing has them (CP-BAS-011, CP-STR-010). */
export const inByteOrder = (names: readonly string[]): readonly string[] =>
  names.toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)))
