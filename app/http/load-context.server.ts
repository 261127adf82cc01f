import type { AppLoadContext } from '@remix-run/node'
import type { House } from '#services/platform/house.ts'

declare module '@remix-run/node' {
  /** What `server.ts` hands to every loader and action. */
  interface AppLoadContext {
    house: Pick<House, 'context' | 'close'>
    nonce: string
    requestId: string
    ip: string
    /** True while the process drains: `/health/ready` says no. */
    stopping?: boolean
  }
}

/** The two parts of a route's arguments that the edge needs; loaders and actions pass theirs whole. */
export interface Asked {
  request: Request
  context: AppLoadContext
}
