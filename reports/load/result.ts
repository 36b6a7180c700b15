import type { CeilingFigures } from './calibration.ts'

/** What a run of the load generator has measured, as it is written to JSON. Times in microseconds, bytes of record bodies. */
export interface LoadResult {
  readonly format: 's2-load'
  readonly version: 1
  /** Of the tool. */
  readonly tool: string
  /** When the plan began: RFC 3339. */
  readonly started: string
  /** When it was to begin, on this machine and others together; absent where it began as soon as all was ready. */
  readonly startAt?: string
  readonly target: {
    readonly label: string
    /** What it says of itself. */
    readonly server?: string
    /** The command that started it, its place and its storage not filled in. */
    readonly launch?: string
    /** CPU time of all its processes within the measured time, where it was launched on this machine. */
    readonly cpuSeconds?: number
  }
  /** Those that made the load, each with threads of its own. */
  readonly machines: readonly Machine[]
  /** The workload as it was run, defaults filled in. */
  readonly workload: object
  /** One line for people. */
  readonly summary: string
  readonly verdict: LoadVerdict
  /** Why the numbers are SUSPECT or INVALID. */
  readonly reasons: readonly string[]
  /** Of each of the reasons, whose doing it is; absent where there are none, or it is not known. */
  readonly reasonsOf?: readonly Culprit[]
  /** All of the reasons are of others on this machine, which befall every run on it alike. */
  readonly sharedMachine?: true
  readonly interrupted: boolean
  readonly integrity: Integrity
  /** What was done to the load or its target on purpose, in the order of the plan; absent where nothing was planned. */
  readonly faults?: readonly FaultFigures[]
  readonly appends: AppendFigures
  readonly tail?: ReadFigures
  readonly catchUp?: CatchUpFigures
  /** Why read sessions ended that were not to, and how many each, however often it was then tried to open another; absent where none did. */
  readonly readEndings?: Readonly<Record<string, number>>
  readonly latencies: Readonly<Partial<Record<LatencyName, Latency>>>
  readonly series: readonly Interval[]
  readonly generator: GeneratorFigures
  /** What another tool measured at the same rate after the load; absent where it was not asked. */
  readonly secondOpinion?: SecondOpinion
  /** Where the machine was calibrated before. */
  readonly ceiling?: CeilingFigures
}

/** The worst last. */
export const LOAD_VERDICTS = ['VALID', 'SUSPECT', 'INVALID'] as const
export type LoadVerdict = (typeof LOAD_VERDICTS)[number]

/**
 * Whose doing it is that numbers are doubtful. `others`: whoever else uses this machine, or its host; `target`: it failed or did
 * not keep up; `generator`: everything else, so that a load and its target that are too much for one machine are meant too.
 */
export const CULPRITS = ['generator', 'others', 'target'] as const
export type Culprit = (typeof CULPRITS)[number]

export interface Machine {
  readonly cpus: number
  readonly model: string
  readonly memoryBytes: number
  readonly platform: string
  readonly node: string
}

/** `verified`: every acknowledged record was read, once, in order, byte by byte. `incomplete`: not all could be read. */
export const INTEGRITIES = ['verified', 'incomplete', 'violated'] as const

/** What the readers found of what the writers were told. */
export interface Integrity {
  readonly verdict: (typeof INTEGRITIES)[number]
  readonly recordsRead: number
  readonly readers: number
  /** How many of each kind. */
  readonly violations: Readonly<Record<string, number>>
  /** The first of each kind. */
  readonly first: readonly {
    readonly anomaly: string
    readonly stream: string
    readonly seqNum: number
    readonly what: string
  }[]
  readonly notes: readonly string[]
}

export interface AppendFigures {
  /** Within the measured time; rates are over its seconds. */
  readonly seconds: number
  readonly acked: number
  readonly perSecond: { readonly appends: number; readonly records: number; readonly bytes: number }
  /** By the plan, where there was one. */
  readonly plannedPerSecond?: number
  /** With the plan, where there was one. */
  readonly progress?: Progress
  /** Over the whole run, warm-up included. */
  readonly refused: number
  readonly unknown: number
  readonly unfinished: number
  /** Appends of the measured time that were refused or of unknown outcome, and are in no latency; absent for none. */
  readonly untimed?: number
  /** Times that an append had to wait because too many bytes were in flight. */
  readonly heldBack: number
  /** Appends of which each was a request of its own, and that had to wait for a connection or a stream of one: how many, how long in all. */
  readonly waited?: { readonly count: number; readonly us: number }
  /** Why appends were not acknowledged. */
  readonly endings: Readonly<Record<string, number>>
}

/** How far a target had come with a plan when it ended, warm-up included. */
export interface Progress {
  /** Appends whose acknowledgement was to be expected by then. */
  readonly due: number
  readonly acked: number
}

/** One fault: when it was planned, when it came, what it met and what came of it. Seconds are those of the measured time. */
export interface FaultFigures {
  /** `stall 500ms at 2s`. */
  readonly what: string
  readonly kind: (typeof FAULT_NAMES)[number]
  readonly plannedAt: number
  /** Absent for a fault that did not come. */
  readonly firedAt?: number
  /** When what it did was over: bytes went through again, or the target was ready again. */
  readonly endedAt?: number
  /** When an append was acknowledged after that, and no more were in flight than before; absent where that did not come. */
  readonly recoveredAt?: number
  /** In words: what it met, or why it did not come. */
  readonly met: string
  /** Appends that ended so until it had recovered. */
  readonly refused: number
  readonly unknown: number
  /** The longest time without an ack from then on until it had recovered; 0 for one too short to tell. */
  readonly longestGapUs: number
  /** From its end to the next ack; absent where none came. */
  readonly firstAckUs?: number
  /** From the fault before, or the beginning, to this one; during it, until it had recovered; from then to the next. */
  readonly before?: PhaseFigures
  readonly during?: PhaseFigures
  readonly after?: PhaseFigures
}

export const FAULT_NAMES = ['cut', 'stall', 'delay', 'pause', 'kill'] as const

/** Of appends that ended in it. */
export interface PhaseFigures {
  readonly seconds: number
  /** Acknowledged, per second. */
  readonly appends: number
  /** Ended without an ack; absent for none. They are in no response time. */
  readonly failed?: number
  readonly response?: Quantiles
}

export interface ReadAmounts {
  readonly seconds: number
  readonly records: number
  readonly bytes: number
}

export interface ReadFigures extends ReadAmounts {
  readonly perSecond: { readonly records: number; readonly bytes: number }
}

/** Has no rate where it was over too soon for one. */
export type CatchUpFigures = ReadAmounts & Partial<Pick<ReadFigures, 'perSecond'>>

export const LATENCY_NAMES = ['response', 'service', 'lag', 'e2e', 'check-tail'] as const
export type LatencyName = (typeof LATENCY_NAMES)[number]

export interface Latency {
  readonly count: number
  readonly mean: number
  readonly least: number
  readonly greatest: number
  /** Of a value that so many values exceed that it can be told; `p99.9` for 0.999. */
  readonly quantiles: Readonly<Record<string, number>>
  /** Values above an hour, counted as an hour. */
  readonly clipped: number
  /** HdrHistogram, V2, compressed, base64; unit 1 µs. */
  readonly histogram: string
}

/** One second of the measured time; the last may be shorter. */
export interface Interval {
  /** Seconds from the beginning of the measured time to the end of the interval. */
  readonly at: number
  /** Acknowledged, per second. */
  readonly appends: number
  readonly bytes: number
  readonly records: number
  /** Records that readers at the tail got, per second. */
  readonly read: number
  readonly response?: Quantiles
  readonly e2e?: Quantiles
}

export interface Quantiles {
  readonly p50: number
  readonly p99: number
  readonly greatest: number
}

/** How a thread of the generator fared. */
export interface ThreadFigures {
  /** Part of the time that it was busy, 0 to 1. */
  readonly busy: number
  readonly loopDelayP99Us: number
  readonly loopDelayMostUs: number
  /** All times together in which its loop did not turn for 10 ms or more. */
  readonly stoodStillUs?: number
  readonly collections: number
  readonly collectedUs: number
  readonly longestCollectionUs: number
  /** Ready to run, and no processor free; absent where the system does not say. */
  readonly waitedUs?: number
}

/** How the generator fared itself. */
export interface GeneratorFigures {
  /** While the appends that count were begun. */
  readonly threads: readonly ThreadFigures[]
  /** The same threads while readers caught up; absent where none did. */
  readonly catchUpThreads?: readonly ThreadFigures[]
  /** The thread of the proxy that all bytes went through, where faults were planned on the way; absent without. */
  readonly proxyThread?: ThreadFigures
  /** Part of the time that data waited for an HTTP/2 window, faults included; of sessions as sampled. */
  readonly stalled: number
  /** What was known of HTTP/2's flow control. */
  readonly windows?: WindowsFigures
  /** What was used of all processors of this machine, by this generator too: a part from 0 to 1. */
  readonly machineBusy: number
  /** Part of the processors' time that the host of a virtual machine kept; absent where the system does not say. */
  readonly stolen?: number
}

/** Of HTTP/2, in bytes; times in milliseconds, of all connections and threads together: those of sessions as sampled. */
export interface WindowsFigures {
  /** Of each stream and each connection: what this side gave, and what the target gave at first. */
  readonly ours: { readonly stream: number; readonly connection: number }
  readonly theirs: { readonly stream: number; readonly connection: number }
  /** The least that a connection to the target had left. */
  readonly leastLeft: number
  /** How often the window of a connection was seen to have grown: what came between two looks counts as one. */
  readonly grown: number
  /** Time in which appends waited on a connection for a window, by whose window it was. */
  readonly blocked: {
    readonly byConnectionMs: number
    /** Or the target read nothing from its socket, which looks the same from here. */
    readonly byStreamMs: number
    readonly stretches: number
    readonly longestMs: number
  }
  /** The greatest part of a connection window of ours that was taken, 0 to 1: at 1 the readers held up the target. */
  readonly oursTaken: number
}

/** Of appends from when they were sent, in whole milliseconds that are told as microseconds here. */
export interface SecondOpinion {
  /** Its name and version. */
  readonly tool: string
  readonly count: number
  readonly perSecond: number
  readonly failed: number
  readonly mean: number
  readonly greatest: number
  readonly quantiles: Readonly<Record<string, number>>
}
