import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { receiveFile } from '#app/http/exchange-upload.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { referenceOf } from '#services/exchange/contract-views.ts'
import { addPaper } from '#services/exchange/papers.ts'

/** A signed paper behind a contract. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER')
  const { contractId = '' } = args.params
  const reference = await referenceOf(ctx, contractId)
  const outcome = await receiveFile(args.request, (file) => addPaper(ctx, { kind: 'CONTRACT', reference, ...file }))
  const page = `/rights/contracts/${contractId}`
  if (outcome?.ok) return redirectWithToast(page, { tone: 'success', text: `“${outcome.value.fileName}” is kept.` })
  const paper = outcome ? outcome.error : 'no-file'
  return redirect(`${page}?${new URLSearchParams({ paper })}`, { status: 303 })
}
