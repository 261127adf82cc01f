import type { LoaderFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { trayPage } from '#services/catalog/library-views.ts'

/** As many as the shelf at the foot of the library has room for. */
const room = 12

/** What lies on the tray, as the shelf shows it. */
export async function loader(args: LoaderFunctionArgs) {
  const { cards, total } = await trayPage(await staffOf(args), room)
  return { total, cards: cards.map(({ id, title, version }) => ({ id, title, version })) }
}
