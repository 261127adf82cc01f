import { useLocation, useNavigation } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'

/**
 * After a navigation the focus goes to the new page's heading, so that a screen reader reads where one is. A page on which one
 * writes at once puts it there itself, and says so: `data-takes-focus`.
 */
export function useFocusOnNavigation() {
  const { pathname, hash } = useLocation()
  const before = useRef(pathname)
  useEffect(() => {
    if (before.current === pathname || hash) return
    before.current = pathname
    if (document.querySelector('main [data-takes-focus]')?.contains(document.activeElement)) return
    const target = document.querySelector<HTMLElement>('main h1') ?? document.querySelector<HTMLElement>('main')
    target?.setAttribute('tabindex', '-1')
    target?.focus({ preventScroll: true })
  }, [pathname, hash])
}

/** A slim line at the top while the next page is on its way. It waits a moment: most pages are faster than that. */
export function NavigationProgress() {
  const t = useTranslations('shell')
  const { state } = useNavigation()
  return (
    <div className="navigation-progress" data-active={state === 'idle' ? undefined : ''} role="status">
      <span className="visually-hidden">{state === 'idle' ? '' : t('loading')}</span>
    </div>
  )
}
