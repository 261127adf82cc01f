import type { ActionFunctionArgs } from '@remix-run/node'
import { z } from 'zod'
import { staffOf } from '#app/http/context.server.ts'
import { parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { Refusal } from '#services/kernel/errors.ts'
import { restoreField, retireField } from '#services/assets/own-field-editing.ts'

const input = z.object({ verb: z.enum(['retire', 'restore']), seenVersion: z.coerce.number().int().min(0) })
const sayings = {
  'changed-meanwhile': 'Somebody else changed the fields meanwhile. Look at them again.',
  'already-so': 'Somebody else has done that already.',
}

/** Retire a field, or ask for it again. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  const form = await parseForm(args.request, input)
  if (form.status !== 'success') throw new Refusal('malformed', 'no such act')
  const { fieldId = '' } = args.params
  const { verb, seenVersion } = form.value
  const outcome = await (verb === 'retire' ? retireField : restoreField)(ctx, { fieldId, seenVersion })
  if (!outcome.ok) return redirectWithToast(`/library/schemas/fields/${fieldId}`, { tone: 'warning', text: sayings[outcome.error] })
  return redirectWithToast('/library/schemas', {
    tone: 'success',
    text: verb === 'retire' ? 'Retired. Records keep what they say in it.' : 'Forms ask for it again.',
  })
}
