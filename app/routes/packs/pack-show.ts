import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { Refusal } from '#services/kernel/errors.ts'
import { showPackInput } from '#services/licensing/pack-schema.ts'
import { showPack } from '#services/licensing/packs.ts'

/** Into the store, or out of it. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER')
  const form = await parseForm(args.request, showPackInput)
  if (form.status !== 'success') throw new Refusal('malformed', 'offer it or not?')
  const { active } = form.value
  const changed = await showPack(ctx, { packId: args.params.packId ?? '', active })
  const text = changed ? (active ? 'The pack is in the store.' : 'The pack is put away.') : 'It is so already.'
  return redirectWithToast('/rights/packs', { tone: changed ? 'success' : 'info', text })
}

export const loader = () => redirect('/rights/packs')
