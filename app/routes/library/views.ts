import type { ActionFunctionArgs } from '@remix-run/node'
import { backTo } from '#app/http/library-back.server.ts'
import { staffOf } from '#app/http/context.server.ts'
import { fieldsOf } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { changeView, dropView, preferView, saveView } from '#services/catalog/library-desk.ts'

const sayings = {
  'too-many-views': 'You keep fifty searches already. Delete one first.',
  'too-long-to-save': 'This search is too long to keep. Take some of it off.',
} as const

/** Kept searches: keep, change, drop, open with. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args)
  const fields = await fieldsOf(args.request)
  const text = (name: string) => String(fields.get(name) ?? '').trim()
  const [viewId, name, shared] = [text('viewId'), text('name').slice(0, 100), fields.has('shared')]
  const back = backTo(args.request)
  switch (text('verb')) {
    case 'save': {
      if (!name) return redirectWithToast(back, { tone: 'danger', text: 'Give the search a name.' })
      const outcome = await saveView(ctx, { name, search: text('search'), shared })
      if (!outcome.ok) return redirectWithToast(back, { tone: 'danger', text: sayings[outcome.error] })
      return redirectWithToast(back, { tone: 'success', text: `“${name}” is kept.` })
    }
    case 'change':
      if (!name) return redirectWithToast(back, { tone: 'danger', text: 'Give the search a name.' })
      await changeView(ctx, { viewId, name, shared })
      return redirectWithToast(back, { tone: 'success', text: 'Saved.' })
    case 'drop':
      await dropView(ctx, { viewId })
      return redirectWithToast(back, { tone: 'success', text: 'Not kept any more.' })
    default:
      await preferView(ctx, { viewId: viewId || null })
      return redirectWithToast(back, {
        tone: 'success',
        text: viewId ? 'The library opens with it.' : 'The library opens with everything.',
      })
  }
}
