import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { contextOf } from '#app/http/context.server.ts'
import { fieldsOf } from '#app/http/form.server.ts'
import { rememberFound } from '#app/http/search-trail.server.ts'
import { noteUse, searchLearns } from '#services/catalog/search-learning.ts'
import { networkOf } from '#services/platform/rate-limit.ts'

export const loader = () => redirect('/search')

/** A result was opened: counted for its words, where the house lets its searches learn. Told by the page beside the click; nobody waits for it. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await contextOf(args)
  const fields = await fieldsOf(args.request)
  const [text, assetId] = [String(fields.get('q') ?? '').slice(0, 500), String(fields.get('asset') ?? '').slice(0, 64)]
  // Counted or not (this network was counted for it before): the trail is the browser's own.
  if (!(await searchLearns(ctx))) return new Response(null, { status: 204 })
  await noteUse(ctx, { text, assetId, kind: 'opened', from: networkOf(args.context.ip) })
  const known = text.trim() !== '' && /^ast_[0-9A-Za-z]{1,60}$/.test(assetId)
  return new Response(null, { status: 204, headers: known ? { 'Set-Cookie': await rememberFound(args.request, assetId, text) } : {} })
}
