import type { ServerBuild } from '@remix-run/node'
import { answering } from '../answer.server.ts'
import { sealing } from './sealing.server.ts'

type Routes = ServerBuild['routes']
type Module = Routes[string] extends infer R ? (R extends { module: infer M } ? M : never) : never

/**
 * The build with every loader and action wrapped, so that a `Refusal` thrown anywhere below becomes its status page, and
 * that no answer has words that an embargo keeps from who asks. Done here, once, because a route that had to remember it would one day forget.
 */
export function withAnswers(build: ServerBuild): ServerBuild {
  const routes: Routes = {}
  for (const [id, route] of Object.entries(build.routes)) {
    if (!route) continue
    const { loader, action } = route.module
    const module: Module = {
      ...route.module,
      ...(loader && { loader: answering(sealing(loader)) }),
      ...(action && { action: answering(sealing(action)) }),
    }
    routes[id] = { ...route, module }
  }
  return { ...build, routes }
}
