import { useEffect, useRef, type FocusEvent } from 'react'

/**
 * A row of links that may be longer than the window: the present one is brought into sight, and so is each that the keyboard
 * comes to. Browsers leave a link where it is as soon as a sliver of it shows.
 */
export function useRowInSight(here: string | undefined) {
  const row = useRef<HTMLElement>(null)
  useEffect(() => {
    const links = row.current
    const present = links?.querySelector<HTMLElement>('[aria-current="page"]')
    if (links && present) links.scrollLeft = present.offsetLeft - links.offsetLeft - (links.clientWidth - present.offsetWidth) / 2
  }, [here])
  return { ref: row, onFocus: (event: FocusEvent<HTMLElement>) => event.target.scrollIntoView({ block: 'nearest', inline: 'nearest' }) }
}
