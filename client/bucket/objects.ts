import { createHash } from 'node:crypto'

/** One object as it was put. */
export interface StoredObject {
  readonly bytes: Buffer
  /** In quotes, as it travels. */
  readonly etag: string
  readonly modified: Date
  /** What the client sent as `x-amz-meta-*`. */
  readonly metadata: Readonly<Record<string, string>>
}

/** On what a put depends: that nothing is there, or just this. */
export interface Condition {
  readonly absent: boolean
  readonly etag: string | undefined
}

export interface Page {
  readonly objects: readonly (readonly [key: string, object: StoredObject])[]
  readonly prefixes: readonly string[]
  readonly next: string | undefined
}

export interface Listing {
  readonly prefix: string
  readonly delimiter: string
  /** Only what comes after it, in the order of the keys. */
  readonly after: string
  readonly limit: number
}

/** The objects of a bucket, in memory. */
export class Objects {
  readonly #objects = new Map<string, StoredObject>()

  get(key: string): StoredObject | undefined {
    return this.#objects.get(key)
  }

  /** Undefined where the condition does not hold. */
  put(
    key: string,
    bytes: Buffer,
    metadata: StoredObject['metadata'],
    condition: Condition,
  ): StoredObject | undefined {
    const there = this.#objects.get(key)
    if (condition.absent && there !== undefined) return undefined
    if (condition.etag !== undefined && condition.etag !== there?.etag) return undefined
    const object = { bytes, etag: etagOf(bytes), modified: new Date(), metadata }
    this.#objects.set(key, object)
    return object
  }

  delete(key: string): void {
    this.#objects.delete(key)
  }

  list({ prefix, delimiter, after, limit }: Listing): Page {
    const objects: (readonly [string, StoredObject])[] = []
    const prefixes = new Set<string>()
    let last = ''
    for (const key of [...this.#objects.keys()].filter((name) => name.startsWith(prefix)).sort()) {
      const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length)
      const entry = end < 0 ? key : key.slice(0, end + delimiter.length)
      if (entry <= after || prefixes.has(entry)) continue
      if (objects.length + prefixes.size === limit) return { objects, prefixes: [...prefixes], next: last }
      last = entry
      const object = this.#objects.get(key)
      if (end >= 0) prefixes.add(entry)
      else if (object !== undefined) objects.push([key, object])
    }
    return { objects, prefixes: [...prefixes], next: undefined }
  }
}

/** Of its content alone, as S3 has it for what is put in one piece. */
export const etagOf = (bytes: Uint8Array): string => `"${createHash('md5').update(bytes).digest('hex')}"`
