import { useFetchers, useRouteLoaderData } from '@remix-run/react'
import type { BoxesAtHand } from '#services/lightboxes/views.ts'

/** The one form of the shell that every button of a lightbox sends: a button may so stand inside another form, or many on a page. */
export const boxForm = 'to-lightbox'
export const boxFetcher = 'to-lightbox'

/** The reader's boxes as they stand, with a click that is under way already counted. */
export function useBoxes(): BoxesAtHand {
  const shell = useRouteLoaderData('root') as { boxes?: BoxesAtHand } | undefined
  const { boxes = [], held = [] } = shell?.boxes ?? {}
  const sent = useFetchers().filter(({ key, formData }) => key.startsWith(boxFetcher) && formData)
  const now = new Set(held)
  for (const { formData } of sent) {
    const [added, removed] = [formData?.get('add'), formData?.get('remove')]
    if (typeof added === 'string') now.add(added)
    if (typeof removed === 'string') now.delete(removed)
  }
  return { boxes, held: [...now] }
}
