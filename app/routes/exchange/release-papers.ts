import type { ActionFunctionArgs } from '@remix-run/node'
import { paperSayings } from '#app/components/exchange/words.ts'
import { staffOf } from '#app/http/context.server.ts'
import { receiveFile } from '#app/http/exchange-upload.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { addPaper } from '#services/exchange/papers.ts'

/** A signed paper behind a release; `asset` is the page to go back to. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER')
  let back = '/rights'
  const outcome = await receiveFile(args.request, (file, fields) => {
    const asset = fields.get('asset') ?? ''
    if (/^ast_[a-z0-9]+$/.test(asset)) back = `/rights/assets/${asset}`
    return addPaper(ctx, { kind: 'RELEASE', reference: fields.get('reference') ?? '', ...file })
  })
  return redirectWithToast(
    back,
    outcome?.ok
      ? { tone: 'success', text: `“${outcome.value.fileName}” is kept.` }
      : { tone: 'warning', text: outcome ? paperSayings[outcome.error] : 'Choose a file.' },
  )
}
