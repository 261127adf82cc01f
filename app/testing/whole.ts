import path from 'node:path'
import type { AppLoadContext, ServerBuild } from '@remix-run/node'
import type { RouteConfigEntry } from '@remix-run/route-config'
import { narrowedHandler } from '#app/http/edge/narrowed.server.ts'
import { withAnswers } from '#app/http/edge/answering.server.ts'
import { forRouter } from '#app/http/guard.server.ts'
import routes from '#app/routes.ts'

const appFolder = path.resolve(import.meta.dirname, '..')

export interface Address {
  id: string
  address: string
  file: string
}

const entries = (list: RouteConfigEntry[], base = ''): Address[] =>
  list.flatMap((entry) => {
    const address = path.posix.join('/', base, entry.path ?? '')
    if (entry.children) return entries(entry.children, address)
    return [{ id: entry.id ?? entry.file.replace(/\.tsx?$/, ''), address, file: path.resolve(appFolder, entry.file) }]
  })

/** Every address of the product, with the module behind it. */
export const addresses: readonly Address[] = entries(await routes)

type Routes = ServerBuild['routes']
type Module = NonNullable<Routes[string]>['module']

/** The product as its bundler would make it, from its sources: routes, their modules, and a manifest without files. */
export async function wholeBuild(): Promise<ServerBuild> {
  const made: Routes = {
    root: { id: 'root', path: '', parentId: undefined as never, module: (await import('#app/root.tsx')) as unknown as Module },
  }
  for (const { id, address, file } of addresses)
    made[id] = {
      id,
      parentId: 'root',
      ...(address === '/' ? { index: true } : { path: address.slice(1) }),
      module: (await import(file)) as Module,
    }
  const manifest = Object.values(made).map((route) => {
    const { id, parentId, path: at, index, module } = route as NonNullable<Routes[string]>
    const has = {
      hasLoader: 'loader' in module,
      hasAction: 'action' in module,
      hasClientLoader: false,
      hasClientAction: false,
      hasErrorBoundary: 'ErrorBoundary' in module,
    }
    return [id, { id, parentId, path: at, index, ...has, module: `/${id}.js`, imports: [], css: [] }] as const
  })
  return {
    mode: 'production',
    entry: { module: (await import('#app/entry.server.tsx')) as unknown as ServerBuild['entry']['module'] },
    routes: made,
    assets: {
      version: 'test',
      url: '/manifest.js',
      entry: { module: '/entry.js', imports: [] },
      routes: Object.fromEntries(manifest) as unknown as ServerBuild['assets']['routes'],
    },
    publicPath: '/',
    assetsBuildDirectory: 'build/client',
    future: {
      v3_fetcherPersist: true,
      v3_lazyRouteDiscovery: true,
      v3_relativeSplatPath: true,
      v3_routeConfig: true,
      v3_singleFetch: true,
      v3_throwAbortReason: true,
    } as unknown as ServerBuild['future'],
    isSpaMode: false,
  }
}

/** What answers a request as the web process does, behind its door: the router, every wrapper, pages drawn, faults logged. */
export async function wholeProduct(): Promise<(request: Request, context: AppLoadContext) => Promise<Response>> {
  const answer = narrowedHandler(withAnswers(await wholeBuild()), 'production')
  return (request, context) => answer(forRouter(request), context)
}
