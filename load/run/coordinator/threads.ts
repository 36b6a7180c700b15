import { Worker } from 'node:worker_threads'
import { moduleUrl } from '../../module-url.ts'
import type { Order, Report, Task } from '../engine/messages.ts'
import { errorFromThread, stackOf } from '../engine/stack-of.ts'
import { LoadError } from './load-error.ts'

/** A thread that makes a part of the load. */
export interface EngineThread {
  tell(order: Order): void
  /**
   * The next report of this kind. Rejects with a `LoadError` where the target has kept the thread from it; with what else
   * the thread has thrown, and its stack, where the fault is ours.
   */
  hear<Kind extends Exclude<Report['kind'], 'failed' | 'broken'>>(
    kind: Kind,
  ): Promise<Report & { readonly kind: Kind }>
  end(): Promise<void>
}

export function startThread(task: Task): EngineThread {
  const worker = new Worker(moduleUrl('./thread', import.meta.url), { workerData: task })
  const heard: Report[] = []
  let wake: () => void = () => {}
  let death: Error | undefined
  worker.on('message', (report: Report) => {
    heard.push(report)
    wake()
  })
  worker.on('error', (error) => {
    death = errorFromThread('a thread of the generator died', stackOf(error))
    wake()
  })
  worker.on('exit', () => {
    death ??= new Error('a thread of the generator ended early')
    wake()
  })
  const next = async (): Promise<Report> => {
    for (;;) {
      const report = heard.shift()
      if (report !== undefined) return report
      if (death !== undefined) throw death
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }
  return {
    tell: (order) => worker.postMessage(order),
    async hear(kind) {
      const report = await next()
      if (report.kind === 'failed') throw new LoadError(report.message)
      if (report.kind === 'broken') throw errorFromThread('a thread of the generator broke', report.stack)
      if (!isOf(report, kind)) throw new Error(`a thread said ${report.kind} where ${kind} was due`)
      return report
    },
    async end() {
      await worker.terminate()
    },
  }
}

const isOf = <Kind extends Report['kind']>(
  report: Report,
  kind: Kind,
): report is Report & { readonly kind: Kind } => report.kind === kind
