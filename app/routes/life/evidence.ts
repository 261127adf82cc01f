import type { LoaderFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { evidenceOf } from '#services/assets/life-views.ts'

/** Everything on record about an asset, as a file for a court or an auditor. */
export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER')
  const { assetId = '' } = args.params
  const evidence = await evidenceOf(ctx, assetId)
  return new Response(JSON.stringify(evidence, null, 2), {
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': `attachment; filename="evidence-${assetId}.json"`,
      'Cache-Control': 'no-store',
    },
  })
}
