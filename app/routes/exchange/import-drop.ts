import type { ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { dropImport } from '#services/exchange/applying.ts'

/** Nobody needs the file. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER')
  const { importId = '' } = args.params
  const outcome = await dropImport(ctx, importId)
  return outcome.ok
    ? redirectWithToast('/rights/imports', { tone: 'success', text: 'The file is dropped. Nothing of it was written.' })
    : redirectWithToast(`/rights/imports/${importId}`, { tone: 'warning', text: 'This file was applied or dropped meanwhile.' })
}
