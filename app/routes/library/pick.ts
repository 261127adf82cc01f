import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { askedWords } from '#app/components/library/asked-words.ts'
import { trayFull } from '#app/components/library/tray-words.ts'
import { backTo } from '#app/http/library-back.server.ts'
import { selectionSayings } from '#app/http/library-dropped.server.ts'
import { staffOf } from '#app/http/context.server.ts'
import { fieldsOf } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { keepSelection, selectedIds } from '#services/assets/selections.ts'
import { putOnTray } from '#services/catalog/library-desk.ts'
import { selectFound } from '#services/catalog/library-search.ts'
import { comparedAtMost, compareHref } from '#services/catalog/rules/compare.ts'
import { readLibraryWish } from '#services/catalog/rules/library-wish.ts'

/** What was picked becomes a selection, and the selection goes where it is wanted. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args)
  const fields = await fieldsOf(args.request)
  const back = backTo(args.request)
  const search = String(fields.get('search') ?? '')
  const kept = fields.has('all')
    ? await selectFound(ctx, {
        wish: readLibraryWish(new URLSearchParams(search)),
        except: fields.getAll('except').map(String),
        says: askedWords(search) || 'everything',
      })
    : await keepSelection(ctx, { ids: fields.getAll('asset').map(String) })
  if (!kept.ok) return redirectWithToast(back, { tone: 'warning', text: selectionSayings[kept.error] })
  const { id, total } = kept.value
  switch (fields.get('verb')) {
    case 'edit':
      return redirect(`/library/bulk?selection=${id}`, { status: 303 })
    case 'csv':
      return redirect(`/library/bulk/export.csv?selection=${id}`, { status: 303 })
    case 'compare': {
      const ids = await selectedIds(ctx, { selectionId: id }, comparedAtMost)
      if (ids.ok) return redirect(compareHref(ids.value), { status: 303 })
      return redirectWithToast(back, { tone: 'warning', text: `At most ${comparedAtMost} pictures stand side by side.` })
    }
    case 'tray': {
      const put = await putOnTray(ctx, { selectionId: id })
      if (!put.ok) return redirectWithToast(back, { tone: 'warning', text: trayFull(put.detail) })
      return redirectWithToast(back, { tone: 'success', text: `${put.value.added} of ${total} put on the tray.` })
    }
    default:
      return redirect(`/library/selections/${id}`, { status: 303 })
  }
}
