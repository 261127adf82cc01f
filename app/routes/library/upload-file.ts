import type { ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { receiveBody } from '#app/http/upload.server.ts'
import type { ReceiveUploadError } from '#services/assets/errors.ts'

const statuses: Record<ReceiveUploadError, number> = {
  'too-large': 413,
  'refused-type': 415,
  'cut-off': 400,
  'duplicate-of': 409,
  'same-as-current': 409,
  'asset-archived': 409,
}

/** One file, its bytes the body of the request; `?name=` is what its sender calls it. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN', 'CONTRIBUTOR')
  const { searchParams } = new URL(args.request.url)
  const assetId = searchParams.get('asset') ?? undefined
  const answer = await receiveBody(ctx, args.request, searchParams.get('name') ?? '', {
    assetId,
    evenIfDuplicate: searchParams.get('twin') === 'keep',
  })
  return Response.json(answer, { status: answer.ok ? 201 : statuses[answer.error], headers: { 'Cache-Control': 'no-store' } })
}
