import { Content } from './content.ts'

/**
 * What a sync writes down beside the content of a file or the names in a directory. `strict`: nothing, as fsync(2) says, so
 * that a new name needs a sync of its directory. `journalled`: all changes of names before it as well, as ext4 and XFS do
 * with their journals.
 */
export type Names = 'strict' | 'journalled'

interface Change {
  readonly order: number
  apply(): void
}

export interface File {
  readonly kind: 'file'
  /** What reads of it would return. */
  size: number
  /** What a power cut leaves. */
  readonly kept: Content
  changes: Change[]
}

export interface Directory {
  readonly kind: 'directory'
  readonly entries: Map<string, Node>
  readonly kept: Readonly<Record<Names, Map<string, Node>>>
  changes: (Change & { readonly names: Names })[]
}

export type Node = File | Directory

/** Files and directories, each with what is there and with what a power cut would leave of it. */
export class Disk {
  readonly root: Directory = newDirectory()
  syncs: number = 0
  #order = 0

  /** The moment of now, to be given to `sync`. */
  get moment(): number {
    return this.#order
  }

  find(path: readonly string[]): Node | undefined {
    let node: Node | undefined = this.root
    for (const name of path) node = node?.kind === 'directory' ? node.entries.get(name) : undefined
    return node
  }

  create(directory: Directory, name: string): File {
    const file: File = { kind: 'file', size: 0, kept: new Content(), changes: [] }
    this.link(directory, name, file)
    return file
  }

  makeDirectory(directory: Directory, name: string): void {
    this.link(directory, name, newDirectory())
  }

  link(directory: Directory, name: string, node: Node): void {
    directory.entries.set(name, node)
    this.#change(directory, (entries) => entries.set(name, node))
  }

  unlink(directory: Directory, name: string): void {
    if (!directory.entries.delete(name)) return
    this.#change(directory, (entries) => entries.delete(name))
  }

  write(file: File, offset: number, bytes: Buffer): void {
    file.size = Math.max(file.size, offset + bytes.length)
    this.#changeFile(file, () => file.kept.write(offset, bytes))
  }

  resize(file: File, size: number): void {
    file.size = size
    this.#changeFile(file, () => file.kept.resize(size))
  }

  /** Keeps what had been done to it before that moment. */
  sync(node: Node, moment: number): void {
    this.syncs++
    if (node.kind === 'directory') keep(node, moment, 'strict')
    else {
      for (const change of node.changes.filter(({ order }) => order < moment)) change.apply()
      node.changes = node.changes.filter(({ order }) => order >= moment)
    }
    for (const each of nodesOf(this.root)) if (each.kind === 'directory') keep(each, moment, 'journalled')
  }

  syncAll(moment: number): void {
    for (const node of nodesOf(this.root)) this.sync(node, moment)
  }

  #changeFile(file: File, apply: () => void): void {
    file.changes.push({ order: this.#order++, apply })
  }

  #change(directory: Directory, act: (entries: Map<string, Node>) => void): void {
    const order = this.#order++
    for (const names of ['strict', 'journalled'] as const) {
      directory.changes.push({ order, names, apply: () => act(directory.kept[names]) })
    }
  }
}

function keep(directory: Directory, moment: number, names: Names): void {
  const isDue = (change: Directory['changes'][number]): boolean =>
    change.order < moment && change.names === names
  for (const change of directory.changes.filter(isDue)) change.apply()
  directory.changes = directory.changes.filter((change) => !isDue(change))
}

function* nodesOf(directory: Directory): Generator<Node, void> {
  yield directory
  for (const node of directory.entries.values()) {
    if (node.kind === 'directory') yield* nodesOf(node)
    else yield node
  }
}

const newDirectory = (): Directory => ({
  kind: 'directory',
  entries: new Map(),
  kept: { strict: new Map(), journalled: new Map() },
  changes: [],
})
