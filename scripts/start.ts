/** `npm start`: one web process in production. Refuses to start with a list of everything that is missing or unsafe. */
import { pathToFileURL } from 'node:url'
import type { ServerBuild } from '@remix-run/node'
import { publishKey } from '#services/compliance/keys.ts'
import { buildHouse } from '#services/platform/house.ts'
import { listen } from '../server.ts'
import { onEnd, requireReady, serverBundle } from './readiness.ts'

process.env.NODE_ENV = 'production'
const env = await requireReady({ built: true })
const house = buildHouse(env)
// A new key is public, and the one before it marked as retired, before anybody can be shown what it signed.
await publishKey(house.context)
const build = (await import(pathToFileURL(serverBundle).href)) as ServerBuild
const web = await listen({ house, build })
house.context.log.info('web.listening', { port: web.port, origin: env.ORIGIN })
process.send?.({ ready: true })
onEnd(async (why) => {
  house.context.log.info('web.stopping', { why })
  await web.stop()
})
