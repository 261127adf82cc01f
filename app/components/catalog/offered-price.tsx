import { useTranslations } from 'use-intl'
import type { Offered } from '#app/http/offer.server.ts'
import { Link } from '../ui/link.tsx'
import { Notice } from '../ui/notice.tsx'

/** The price, whether it can be had, and how the price is made. Read aloud when it changes; as high without an answer. */
export function Price({ offered, open, upgrade }: { offered: Offered | null; open: string | null; upgrade: boolean }) {
  const t = useTranslations('licence')
  return (
    <div className="price">
      <div role="status" aria-live="polite" aria-atomic="true" className="price-now">
        {offered ? (
          <>
            {upgrade && <p className="muted small">{t('due')}</p>}
            <p className="price-total">
              <span className="numeric">{offered.total}</span> <span className="muted small">{t('without-tax')}</span>
            </p>
            {!offered.held && (
              <p className={offered.sellable ? 'available' : 'unavailable'}>{t(offered.sellable ? 'available' : 'unavailable')}</p>
            )}
          </>
        ) : (
          <p className="muted">{open}</p>
        )}
      </div>
      {offered && offered.parts.length > 0 && (
        <details className="price-parts">
          <summary>{t('how-made')}</summary>
          <dl className="numeric">
            {offered.parts.map(({ label, amount }) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{amount}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </div>
  )
}

/** Why a use cannot be had, and what comes nearest: one click each, with its price. */
export function Blocked({ offered }: { offered: Offered }) {
  const t = useTranslations('licence')
  return (
    <Notice tone="warning" title={t('blocked')} live>
      <ul className="plain-list">
        {offered.reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      {offered.nearest.length > 0 && (
        <div className="nearest">
          <p>{t('nearest')}</p>
          <ul className="plain-list">
            {offered.nearest.map(({ to, label, scope, total }) => (
              <li key={to}>
                <span>
                  <Link to={to} preventScrollReset>
                    {label}
                  </Link>
                  <span className="muted small nearest-scope">{scope}</span>
                </span>
                <span className="numeric">{total}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Notice>
  )
}
