/** Request line and headers together: room for names of 512 bytes, percent-encoded, several times over. */
export const MAX_HEAD_BYTES = 32_768
