import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { parseForm } from '#app/http/form.server.ts'
import { Refusal } from '#services/kernel/errors.ts'
import { movePackInput } from '#services/licensing/pack-schema.ts'
import { movePack } from '#services/licensing/packs.ts'

/** One place up or down; at either end it stays where it is. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER')
  const form = await parseForm(args.request, movePackInput)
  if (form.status !== 'success') throw new Refusal('malformed', 'up or down?')
  await movePack(ctx, { packId: args.params.packId ?? '', by: form.value.by })
  return redirect('/rights/packs', 303)
}

export const loader = () => redirect('/rights/packs')
