import { Logger, parseCronItems, run, type TaskList } from 'graphile-worker'
import type { Context } from '../platform/context.ts'
import type { Log } from '../platform/log.ts'
import { handlers } from './handlers.ts'
import { houseIdOf, type Handler } from './job.ts'
import { timetable } from './timetable.ts'

export interface WorkerOptions {
  /** What `platform/house.ts` builds, or as much of it as jobs need. */
  house: { context: Omit<Context, 'actor' | 'requestId'> }
  url: string
  concurrency: number
  /** Tests leave the clock's work out. */
  withTimetable?: boolean
  /** Jobs that stay in the queue for another worker. */
  leaves?: readonly string[]
}

/** graphile-worker's own words, in our log. Its report of a failed job is a warning: the wrapper below has the error. */
const queueLog = (log: Log): Logger =>
  new Logger(() => (level, message) => {
    if (level === 'error') log.warn('queue.error', { message })
    else if (level === 'warning') log.warn('queue.warning', { message })
    else log.debug('queue', { message })
  })

function tasksOf({ context }: WorkerOptions['house']): TaskList {
  const task =
    (name: string, handler: Handler): TaskList[string] =>
    async (payload, { job }) => {
      const requestId = `job_${job.id}`
      const log = jobLog(context.log, { job: name, requestId, attempt: job.attempts })
      const ctx: Context = { ...context, log, requestId, actor: { kind: 'system', houseId: houseIdOf(payload), name } }
      const began = performance.now()
      try {
        await handler(ctx, payload)
        log.debug('job.done', { ms: Math.round(performance.now() - began) })
      } catch (error) {
        const last = job.attempts >= job.max_attempts
        log[last ? 'error' : 'warn'](last ? 'job.given-up' : 'job.failed', { error, ms: Math.round(performance.now() - began) })
        throw error
      }
    }
  return Object.fromEntries(Object.entries(handlers).map(([name, handler]) => [name, task(name, handler)]))
}

/** The process's log, with the job's name on every line. */
const jobLog = (log: Log, base: Record<string, unknown>): Log => ({
  debug: (event, fields) => log.debug(event, { ...base, ...fields }),
  info: (event, fields) => log.info(event, { ...base, ...fields }),
  warn: (event, fields) => log.warn(event, { ...base, ...fields }),
  error: (event, fields) => log.error(event, { ...base, ...fields }),
})

/** Works the queue off until `stop`, which lets the running jobs end first. Any number of workers may share one database. */
export async function startWorker({ house, url, concurrency, withTimetable = true, leaves = [] }: WorkerOptions): Promise<{ stop(): Promise<void> }> {
  const runner = await run({
    connectionString: url,
    concurrency,
    // New jobs are announced by NOTIFY; polling finds what was due later or was missed.
    pollInterval: 1000,
    noHandleSignals: true,
    logger: queueLog(house.context.log),
    taskList: Object.fromEntries(Object.entries(tasksOf(house)).filter(([name]) => !leaves.includes(name))),
    parsedCronItems: withTimetable ? parseCronItems(timetable) : [],
  })
  return { stop: () => runner.stop() }
}
