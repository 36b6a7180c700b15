/** The numbers of the S2 API, each with the rows that state it. No Node built-in is used here. */

/** Largest 64-bit number on the wire (REC-024). */
export const MAX_U64: bigint = 2n ** 64n - 1n

/** A record and a batch each hold at most this many metered bytes (REC-002, REC-004). */
export const MAX_METERED_BYTES: bigint = 1_048_576n

/** Records of one batch, and of one unary answer or session batch (REC-003, READ-030, READ-037). */
export const MAX_BATCH_RECORDS: number = 1000

/** Bytes of UTF-8 in a fencing token (CMD-002). */
export const MAX_FENCING_TOKEN_BYTES: number = 36

/** Bytes of the header `s2-request-token` (CP-LIM-008). */
export const MAX_REQUEST_TOKEN_BYTES: number = 36

/** Basin names: 8 to 48 bytes (CP-LIM-004). */
export const MIN_BASIN_NAME_BYTES: number = 8
export const MAX_BASIN_NAME_BYTES: number = 48

/** Stream names: 1 to 512 bytes of UTF-8 (CP-LIM-005). */
export const MAX_STREAM_NAME_BYTES: number = 512

/** Access token ids: 1 to 96 bytes of UTF-8 (CP-LIM-006). */
export const MAX_ACCESS_TOKEN_ID_BYTES: number = 96

/** Location names: 1 to 64 characters (CP-LIM-007). */
export const MAX_LOCATION_NAME_CHARACTERS: number = 64

/** Items on one page of a listing, and the default (CP-LIM-010). */
export const MAX_LIST_LIMIT: number = 1000

/** A unary request body after decompression (RTE-027, CP-LIM-022). */
export const MAX_BODY_BYTES: number = 2_097_152

/** The length prefix of an S2S frame counts at most this: one flag byte and the payload (S2S-014). */
export const MAX_FRAME_BYTES: number = 2_097_152

/** A frame's payload, also after decompression (S2S-014, S2S-015). */
export const MAX_FRAME_PAYLOAD_BYTES: number = MAX_FRAME_BYTES - 1

/** Payloads smaller than this travel uncompressed (S2S-010). */
export const MIN_COMPRESSED_BYTES: number = 1024

/** Longest wait of a unary read, in seconds; a longer one is cut to it (READ-043). */
export const MAX_UNARY_WAIT_SECONDS: number = 60

/** A session that is idle at the tail sends a heartbeat after a random gap of this many milliseconds (S2S-041). */
export const HEARTBEAT_GAP_MS: { readonly min: number; readonly max: number } = { min: 5_000, max: 15_000 }

/** Characters of the header `s2-encryption-key`, base64 of 32 bytes (CP-LIM-026). */
export const MAX_ENCRYPTION_KEY_CHARACTERS: number = 44
