import type { ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { statusOf } from '#app/components/assets/upload-words.ts'
import { receiveBody } from '#app/http/upload.server.ts'

/** One file, its bytes the body of the request; `?name=` is what its sender calls it. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN', 'CONTRIBUTOR')
  const { searchParams } = new URL(args.request.url)
  const assetId = searchParams.get('asset') ?? undefined
  const answer = await receiveBody(ctx, args.request, searchParams.get('name') ?? '', {
    assetId,
    evenIfDuplicate: searchParams.get('twin') === 'keep',
  })
  return Response.json(answer, { status: statusOf(answer), headers: { 'Cache-Control': 'no-store' } })
}
