import { useFetcher, useLocation } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { compareHref, useInSearch } from '#services/catalog/rules/compare.ts'
import { ButtonLink } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { previewUrl } from './preview.ts'
import { trayFetcher, trayForm, useTray } from './use-tray.ts'

/** The tray at the foot of the window, and the form that all its buttons send. Without JavaScript the page comes back changed. */
export function CompareTray() {
  const t = useTranslations('compare')
  const fetcher = useFetcher<{ full?: boolean }>({ key: trayFetcher })
  const { pathname, search } = useLocation()
  const { ids, pictures } = useTray()
  const shown = pictures.filter(({ id }) => ids.includes(id))
  return (
    <>
      <form
        id={trayForm}
        method="post"
        action="/compare/change"
        onSubmit={(event) => {
          event.preventDefault()
          const pressed = (event.nativeEvent as SubmitEvent).submitter as HTMLButtonElement | null
          if (pressed) void fetcher.submit({ [pressed.name]: pressed.value, quiet: 'yes' }, { method: 'post', action: '/compare/change' })
        }}
      />
      <p className="visually-hidden" role="status">
        {fetcher.data?.full ? t('full') : fetcher.state === 'idle' && fetcher.data ? t('count', { count: ids.length }) : ''}
      </p>
      {ids.length > 0 && pathname !== '/compare' && (
        <aside className="tray" aria-label={t('tray')}>
          <ul className="tray-pictures">
            {shown.map(({ id, title, versionId, tint }) => (
              <li key={id}>
                <button
                  type="submit"
                  form={trayForm}
                  name="asset"
                  value={id}
                  aria-label={t('take-out', { title })}
                  title={t('take-out', { title })}
                >
                  {versionId ? (
                    <img
                      src={previewUrl(id, 'grid', versionId)}
                      alt=""
                      width={48}
                      height={48}
                      loading="lazy"
                      style={{ background: tint ?? undefined }}
                    />
                  ) : (
                    <Icon name="picture" />
                  )}
                  <Icon name="close" />
                </button>
              </li>
            ))}
          </ul>
          {fetcher.data?.full && <p className="small">{t('full')}</p>}
          <div className="tray-acts">
            <button type="submit" className="button" data-tone="quiet" data-size="sm" form={trayForm} name="clear" value="yes">
              <span className="button-label">{t('clear')}</span>
            </button>
            <ButtonLink to={compareHref(ids, useInSearch(new URLSearchParams(search)))} size="sm" tone="primary" icon="compare">
              {t('go', { count: ids.length })}
            </ButtonLink>
          </div>
        </aside>
      )}
    </>
  )
}
