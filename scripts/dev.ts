/** `npm run dev`: the demo's stack with hot reload. Pages and services reload when saved; the worker restarts by hand. */
import http from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { ServerBuild } from '@remix-run/node'
import { createServer } from 'vite'
import { buildHouse } from '#services/platform/house.ts'
import { startWorker } from '#services/jobs/worker.ts'
import { webApplication } from '../server.ts'
import { raiseDemo } from './demo-state.ts'
import { onEnd } from './readiness.ts'
import { accent, table } from './terminal.ts'

process.env.NODE_ENV = 'development'
const { outside, databaseUrl: url } = await raiseDemo({ reset: false, port: 3000 })
const house = buildHouse(outside.env)
const server = http.createServer()
const vite = await createServer({ server: { middlewareMode: true, hmr: { server } }, appType: 'custom' })
const { app } = webApplication({ house, development: true, build: () => vite.ssrLoadModule('virtual:remix/server-build') as Promise<ServerBuild> })
const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false })
server.on('request', (request, response) => vite.middlewares(request, response, () => void listener(request, response)))
server.listen(outside.env.PORT, outside.env.HOST)
const worker = await startWorker({ house, url, concurrency: 2 })
process.stdout.write(`\n${table([['Clearmark', accent(outside.origin)], ['Mail inbox', accent(outside.inboxUrl)], ['Payment sandbox', accent(outside.paymentsUrl)]])}\n\nEverybody’s password is light-from-the-north; "npm run demo" lists the people. Ctrl-C stops.\n`)
onEnd(async () => {
  server.closeAllConnections()
  await Promise.all([vite.close(), worker.stop(), outside.close()])
  await house.close()
})
