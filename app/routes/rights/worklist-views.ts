import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { z } from 'zod'
import { staffOf } from '#app/http/context.server.ts'
import { fieldsOf, parseFields } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { deleteView, keepView, mostViews, preferView, saveView } from '#services/desk/saved-views.ts'
import type { KeepViewError, SaveViewError } from '#services/desk/worklist-errors.ts'
import { saveViewInput, viewName } from '#services/desk/worklist-schema.ts'

const sayings = {
  'name-taken': 'You have a view of this name already: choose another.',
  'too-many-views': `You have ${mostViews} views: delete one first.`,
} satisfies Record<SaveViewError | KeepViewError, string>
const refused = (text: string) => redirectWithToast('/rights?view=usual', { tone: 'danger', text })
const viewId = z.string().max(80)

export const loader = () => redirect('/rights')

/** Keep, rename, share, delete a view, or open the list with it. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER', 'AUDITOR')
  const fields = await fieldsOf(args.request)
  const id = viewId.safeParse(fields.get('viewId')).data ?? ''
  switch (fields.get('verb')) {
    case 'change': {
      const form = parseFields(fields, z.object({ name: viewName, shared: z.boolean().optional() }))
      if (form.status !== 'success') return refused('Give the view a name of at most 60 characters.')
      const outcome = await keepView(ctx, id, { name: form.value.name, shared: form.value.shared ?? false })
      return outcome.ok
        ? redirectWithToast('/rights?view=usual', { tone: 'success', text: 'The view is kept.' })
        : refused(sayings[outcome.error])
    }
    case 'drop':
      await deleteView(ctx, id)
      return redirectWithToast('/rights?view=usual', { tone: 'success', text: 'The view is gone.' })
    case 'prefer':
      await preferView(ctx, id || null)
      return redirectWithToast('/rights', {
        tone: 'success',
        text: id ? 'The worklist opens with this view from now on.' : 'The worklist opens with the usual view.',
      })
    default: {
      const form = parseFields(fields, saveViewInput)
      if (form.status !== 'success') return refused('Give the view a name of at most 60 characters.')
      const outcome = await saveView(ctx, form.value)
      if (!outcome.ok) return refused(sayings[outcome.error])
      const query = form.value.query
      return redirectWithToast(`/rights?${query}${query ? '&' : ''}view=${outcome.value.id}`, {
        tone: 'success',
        text: `“${form.value.name}” is kept.`,
      })
    }
  }
}
