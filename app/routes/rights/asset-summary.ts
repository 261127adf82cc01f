import type { LoaderFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { assetRightsSummary } from '#services/rights/asset-views.ts'

/** The rights of an asset in a few lines, for the panel on the library's page. */
export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args)
  return assetRightsSummary(ctx, args.params.assetId ?? '')
}
