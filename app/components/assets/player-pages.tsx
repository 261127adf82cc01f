import { useState, type KeyboardEvent } from 'react'
import { useTranslations } from 'use-intl'
import { Icon } from '../ui/icon.tsx'
import { shownAt, Still, type AssetPlayerProps } from './player-still.tsx'

/** A document, page by page. Without scripts each page is a link to its picture. */
export function PagePlayer(props: AssetPlayerProps) {
  const t = useTranslations('player')
  const { version, alt, onPage } = props
  const { sheets } = version
  const pages = version.pages ?? sheets.length
  const [page, setPage] = useState(1)
  const turn = (to: number) => {
    if (to < 1 || to > sheets.length) return
    setPage(to)
    onPage?.(to)
  }
  const keys = (event: KeyboardEvent) => {
    if (event.key !== 'PageDown' && event.key !== 'PageUp') return
    event.preventDefault()
    turn(page + (event.key === 'PageDown' ? 1 : -1))
  }
  const step = (to: number, label: string, icon: 'arrow-left' | 'arrow-right') => (
    <a
      className="button"
      data-tone="quiet"
      data-size="sm"
      role="button"
      aria-disabled={to < 1 || to > sheets.length}
      href={shownAt(version, sheets[to - 1] ?? 'page')}
      onClick={(event) => {
        event.preventDefault()
        turn(to)
      }}
    >
      <Icon name={icon} label={label} />
    </a>
  )
  return (
    <>
      <Still {...props} preset={sheets[page - 1] ?? 'page'} alt={`${alt}, ${t('pages.at', { page, pages })}`} />
      <div className="player-bar" role="toolbar" aria-label={t('pages.label')} tabIndex={-1} onKeyDown={keys}>
        {step(page - 1, t('pages.before'), 'arrow-left')}
        <output className="numeric small" aria-live="polite">
          {t('pages.at', { page, pages })}
        </output>
        {step(page + 1, t('pages.next'), 'arrow-right')}
      </div>
    </>
  )
}
