import { useTranslations } from 'use-intl'
import { Link } from '#app/components/ui/link.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { When } from '#app/components/ui/when.tsx'
import type { LicencePage } from '#services/licensing/views.ts'
import { useLeftWords } from './term.tsx'

/** What the holder must know about a licence that is not simply in force, and what to do. */
export function StandingNotice({ licence }: { licence: LicencePage }) {
  const t = useTranslations('licences')
  const leftWords = useLeftWords()
  const again = <Link to={`/assets/${licence.asset.id}`}>{t('notice.anew')}</Link>
  const { narrower } = licence
  const stands = narrower?.inForce || narrower?.upcoming
  /** What was widened stands again: uses within it go on, or may begin on its first day. */
  const back = stands && (
    <p>
      {t.rich(narrower.inForce ? 'notice.narrower-back' : 'notice.narrower-upcoming', {
        number: narrower.number,
        link: (words) => <Link to={`/licences/${narrower.id}`}>{words}</Link>,
      })}
    </p>
  )
  switch (licence.standing) {
    case 'in-force':
      return null
    case 'ending':
      return (
        <Notice tone="warning" title={t('notice.ending', { left: leftWords(licence.daysLeft) ?? t('notice.today') })}>
          {t('notice.ending-text')} {again}.
        </Notice>
      )
    case 'upcoming':
      return (
        <Notice title={t('notice.upcoming')}>
          {t.rich('notice.opens', { day: () => <When at={licence.startsAt} zone={licence.zone} to="day" /> })}
        </Notice>
      )
    case 'suspended':
      return (
        <Notice tone="warning" title={t('notice.suspended')}>
          {licence.endReason} {t('notice.suspended-text')}
        </Notice>
      )
    case 'expired':
      return (
        <Notice tone="neutral" title={t('notice.expired')}>
          {t('notice.expired-text')} {again}.
        </Notice>
      )
    case 'revoked':
      return (
        <Notice tone="danger" title={t(stands ? 'notice.revoked-wider' : 'notice.revoked')}>
          <p>{licence.endReason}</p>
          {back}
        </Notice>
      )
    case 'refunded':
      return (
        <Notice tone="neutral" title={t(licence.refundReturned ? 'notice.returned' : 'notice.refunded')}>
          <p>
            {licence.refundReturned ? t('notice.returned-text') : licence.endReason} {again}.
          </p>
          {back}
        </Notice>
      )
    case 'superseded':
      return (
        <Notice tone="neutral" title={t('notice.superseded')}>
          {licence.endReason}
        </Notice>
      )
    case 'reserved':
      return <Notice title={t('notice.reserved')}>{t('notice.reserved-text')}</Notice>
    case 'released':
    case 'conflict':
      return (
        <Notice tone="danger" title={t('notice.never')}>
          {licence.endReason}
        </Notice>
      )
  }
}
