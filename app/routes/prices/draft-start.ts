import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { z } from 'zod'
import { staffOf } from '#app/http/context.server.ts'
import { parseForm } from '#app/http/form.server.ts'
import { Refusal } from '#services/kernel/errors.ts'
import { startPriceDraft } from '#services/licensing/price-drafts.ts'

const input = z.object({ fromVersion: z.coerce.number().int().min(1).max(1_000_000) })

export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER')
  const form = await parseForm(args.request, input)
  if (form.status !== 'success') throw new Refusal('malformed', 'which version?')
  const { id } = await startPriceDraft(ctx, form.value)
  return redirect(`/rights/prices/drafts/${id}`, 303)
}
