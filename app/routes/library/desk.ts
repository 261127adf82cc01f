import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { backTo } from '#app/http/library-back.server.ts'
import { staffOf } from '#app/http/context.server.ts'
import { fieldsOf } from '#app/http/form.server.ts'
import { arrangeDesk, densities, layouts } from '#services/catalog/library-desk.ts'
import { libraryColumns } from '#services/catalog/rules/library-columns.ts'

/** How the library lies before this person. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args)
  const fields = await fieldsOf(args.request)
  const columns = fields.getAll('columns').map(String)
  await arrangeDesk(ctx, {
    layout: layouts.find((one) => one === fields.get('layout')),
    density: densities.find((one) => one === fields.get('density')),
    ...(columns.length > 0 && { columns: libraryColumns.filter((one) => columns.includes(one)) }),
  })
  return redirect(backTo(args.request), { status: 303 })
}
