import type { ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { applyImport } from '#services/exchange/applying.ts'
import type { ApplyImportError } from '#services/exchange/errors.ts'

const sayings = {
  'not-checked': 'This file was applied or dropped meanwhile, or is still being checked.',
  'has-problems': 'Mend the problems and upload the file again: nothing is written in part.',
  'nothing-in-it': 'There are no rows in this file.',
} satisfies Record<ApplyImportError, string>

/** Have a checked file written. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER')
  const { importId = '' } = args.params
  const outcome = await applyImport(ctx, importId)
  return redirectWithToast(
    `/rights/imports/${importId}`,
    outcome.ok ? { tone: 'success', text: 'The file is being written.' } : { tone: 'warning', text: sayings[outcome.error] },
  )
}
