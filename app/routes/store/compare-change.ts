import { data, redirect, type ActionFunctionArgs } from '@remix-run/node'
import { comparedIds, trayCookie, trayOf } from '#app/http/compare.server.ts'
import { contextOf } from '#app/http/context.server.ts'
import { fieldsOf } from '#app/http/form.server.ts'
import { safePath } from '#app/http/guard.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { wordsOf } from '#app/words/words.ts'
import { toggled } from '#services/catalog/rules/compare.ts'
import { tilesById } from '#services/catalog/tiles.ts'

/** Puts a picture into the compare tray, takes it out, or empties the tray. A script stays where it is; else the page comes back. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await contextOf(args)
  const form = await fieldsOf(args.request)
  // Pictures that have left the store leave the tray too.
  const tray = (await tilesById(ctx, await trayOf(args.request))).map(({ id }) => id)
  const [asked] = comparedIds([String(form.get('asset') ?? '')])
  const [known] = asked ? await tilesById(ctx, [asked]) : []
  const next = form.has('clear') ? [] : known ? toggled(tray, known.id) : tray
  const headers = new Headers({ 'Set-Cookie': await trayCookie(args, next ?? tray) })
  if (form.has('quiet')) return data({ full: next === null }, { headers })
  const came = args.request.headers.get('referer')
  const url = came && URL.canParse(came) ? new URL(came) : null
  const back = safePath(url && url.pathname + url.search, '/compare')
  if (next === null) return redirectWithToast(back, { tone: 'info', text: wordsOf(ctx.language, 'compare')('full') }, headers)
  return redirect(back, { status: 303, headers })
}

export const loader = () => redirect('/compare')
