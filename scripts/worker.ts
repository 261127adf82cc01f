/** `npm run worker`: one worker process. Start as many as the queue needs; each job runs in one of them. */
import { buildHouse } from '#services/platform/house.ts'
import { startWorker } from '#services/jobs/worker.ts'
import { onEnd, requireReady } from './readiness.ts'

process.env.NODE_ENV = 'production'
const env = await requireReady({ built: false })
const house = buildHouse(env)
const worker = await startWorker({ house, url: env.DATABASE_URL, concurrency: env.WORKER_CONCURRENCY })
house.context.log.info('worker.running', { concurrency: env.WORKER_CONCURRENCY })
process.send?.({ ready: true })
onEnd(async (why) => {
  house.context.log.info('worker.stopping', { why })
  await worker.stop()
  await house.close()
})
