import type { ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import type { SettleFieldsError } from '#services/assets/errors.ts'
import { settleFieldsInput } from '#services/assets/schema.ts'
import { settleFields } from '#services/assets/settle-fields.ts'

const sayings = {
  'asset-archived': 'It is put away: its record stays as it is. Restore it first.',
  'changed-meanwhile': 'Somebody else has changed the record meanwhile. Look again, and choose anew.',
  'nothing-chosen': 'Choose for at least one field which stands.',
  'no-file-read': 'Its file has not been read yet.',
} satisfies Record<SettleFieldsError, string>

const many = (n: number): string => (n === 1 ? 'one field' : `${n} fields`)

/** Which stands, where record and file say different things. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args)
  const { assetId = '' } = args.params
  const page = `/library/assets/${assetId}/metadata`
  const form = await parseForm(args.request, settleFieldsInput.omit({ assetId: true }))
  if (form.status !== 'success') return redirectWithToast(page, { tone: 'danger', text: sayings['nothing-chosen'] })
  const outcome = await settleFields(ctx, { ...form.value, assetId })
  if (!outcome.ok) return redirectWithToast(page, { tone: 'danger', text: sayings[outcome.error] })
  const { taken, kept } = outcome.value
  const parts = [
    taken.length > 0 && `${many(taken.length)} taken from the file`,
    kept.length > 0 && `the record stands in ${many(kept.length)}`,
  ]
  const text = parts.filter(Boolean).join(', ')
  return redirectWithToast(page, { tone: 'success', text: `${text.charAt(0).toUpperCase()}${text.slice(1)}.` })
}
