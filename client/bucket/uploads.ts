interface Upload {
  readonly parts: Map<number, Buffer>
  readonly metadata: Readonly<Record<string, string>>
}

/** Uploads in several parts that are not complete. */
export class Uploads {
  readonly #uploads = new Map<string, Upload>()
  #begun = 0

  /** Returns its id. */
  begin(metadata: Upload['metadata']): string {
    const id = `upload-${++this.#begun}`
    this.#uploads.set(id, { parts: new Map(), metadata })
    return id
  }

  /** Whether there is such an upload. */
  put(id: string, part: number, bytes: Buffer): boolean {
    return this.#uploads.get(id)?.parts.set(part, bytes) !== undefined
  }

  /** All parts in their order; the upload is over. */
  take(id: string): { readonly bytes: Buffer; readonly metadata: Upload['metadata'] } | undefined {
    const upload = this.#uploads.get(id)
    if (upload === undefined) return undefined
    this.#uploads.delete(id)
    const parts = [...upload.parts].sort(([left], [right]) => left - right).map(([, bytes]) => bytes)
    return { bytes: Buffer.concat(parts), metadata: upload.metadata }
  }

  abort(id: string): void {
    this.#uploads.delete(id)
  }
}
