import { createRequestHandler, type RequestHandler, type ServerBuild } from '@remix-run/node'

type Route = NonNullable<ServerBuild['routes'][string]>

/** Where an address or a route begins, written as routes are compared; null where only the whole table can tell. */
function beginning(path: string): string | null {
  const [first = ''] = path.replace(/^\//, '').split('/')
  return /^[\w.-]*$/.test(first) ? first.toLowerCase() : null
}

/** The path of a route with those that it lies in. */
function pathOf(route: Route, routes: ServerBuild['routes']): string {
  const parent = route.parentId === undefined ? undefined : routes[route.parentId]
  return `${parent ? pathOf(parent, routes) : ''}/${route.path ?? ''}`.replace(/\/+/g, '/')
}

const only = <T>(table: Record<string, T>, kept: (id: string) => boolean): Record<string, T> =>
  Object.fromEntries(Object.entries(table).filter(([id]) => kept(id)))

/** The build with the routes that an address beginning so may lead to, and no others; the front page is always among them. */
export function narrowed(build: ServerBuild, first: string): ServerBuild {
  const kept = (id: string) => {
    const route = build.routes[id]
    const begins = route ? beginning(pathOf(route, build.routes)) : first
    return begins === null || begins === '' || begins === first
  }
  return {
    ...build,
    routes: only(build.routes, kept),
    assets: { ...build.assets, routes: only(build.assets.routes, kept) },
  }
}

/**
 * Answers requests as Remix does, with a smaller table. Its router flattens, ranks and compiles the whole table of routes
 * anew each time it looks at an address, four times a page: of our two hundred that took four milliseconds, of the handful
 * that begin like the address it takes none. What is asked about the table itself is asked of the whole.
 */
export function narrowedHandler(build: ServerBuild, mode: string): RequestHandler {
  const whole = createRequestHandler(build, mode)
  const begun = new Set(Object.values(build.routes).map((route) => route && beginning(pathOf(route, build.routes))))
  const handlers = new Map<string, RequestHandler>()
  return (request, loadContext) => {
    const { pathname } = new URL(request.url)
    const first = beginning(pathname.replace(/\.data$/, '').replace(/^\/_root$/, '/'))
    if (first === null || first === '__manifest' || pathname.startsWith('//')) return whole(request, loadContext)
    // Beginnings that no route has share one table: whoever makes them up fills no memory.
    const key = begun.has(first) ? first : ''
    const handler = handlers.get(key) ?? createRequestHandler(narrowed(build, key), mode)
    handlers.set(key, handler)
    return handler(request, loadContext)
  }
}
