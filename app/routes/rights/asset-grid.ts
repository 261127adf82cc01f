import type { LoaderFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { gridAsked, gridFrames } from '#services/rights/grid-views.ts'

/** Every position of the time slider at once. */
export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args)
  return gridFrames(ctx, args.params.assetId ?? '', gridAsked(new URL(args.request.url).searchParams))
}
