import { useTranslations } from 'use-intl'
import type { HeldLine, Widening } from '#app/http/offer.server.ts'
import { Link } from '../ui/link.tsx'
import { Notice } from '../ui/notice.tsx'

/** What the asker's company holds of this picture already, said before anything is sold to it. */
export function HeldLicences({ held, widened }: { held: readonly HeldLine[]; widened: string | null }) {
  const t = useTranslations('licence')
  return (
    <Notice tone="info" title={t('holds.title')}>
      <ul className="plain-list held-licences">
        {held.map(({ id, number, summary, widen }) => (
          <li key={id}>
            <Link to={`/licences/${id}`}>{number}</Link>
            <span>{summary}</span>
            {widen && id !== widened && (
              <Link to={widen} preventScrollReset>
                {t('holds.widen')}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </Notice>
  )
}

/** Before and after, side by side, and what the difference costs. */
export function WideningTable({ widening: { number, before, after, credit, due } }: { widening: Widening }) {
  const t = useTranslations('licence')
  const rows = before.map((row, at) => ({
    label: row.label,
    now: row.words,
    then: after.find(({ label }) => label === row.label)?.words ?? '',
    at,
  }))
  return (
    <section className="widening" aria-labelledby="widening-title">
      <h3 id="widening-title">{t('widen.title', { number })}</h3>
      <table className="widening-table">
        <thead>
          <tr>
            <td />
            <th scope="col">{t('widen.now')}</th>
            <th scope="col">{t('widen.then')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, now, then }) => (
            <tr key={label} data-changed={(then !== '' && then !== now) || undefined}>
              <th scope="row">{label}</th>
              <td>{now}</td>
              <td>{then || '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {due && credit && <p className="small">{t('widen.due', { due, credit })}</p>}
      <p className="small">
        <Link to="?" preventScrollReset>
          {t('widen.stop')}
        </Link>
      </p>
    </section>
  )
}
