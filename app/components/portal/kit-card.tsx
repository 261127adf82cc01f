import { useTranslations } from 'use-intl'
import { Card } from '#app/components/ui/surfaces.tsx'
import { Picture } from '#app/components/ui/picture.tsx'
import { Status } from '#app/components/ui/badge.tsx'
import { When } from '#app/components/ui/when.tsx'
import type { KitCard as Kit } from '#services/delivery/views.ts'
import { useLanguage } from '#app/words/use-language.ts'
import { changeWords, fileCount } from './kit-words.ts'

/** A kit that the partner holds: what it looks like, how much is in it, how long it lasts, what changed. */
export function KitCard({ kit, zone, eager }: { kit: Kit; zone: string; eager?: boolean }) {
  const t = useTranslations('portal')
  const language = useLanguage()
  return (
    <Card
      as="h2"
      title={kit.title}
      to={`/portal/kits/${kit.id}`}
      media={
        <Picture
          src={kit.coverAssetId && `/previews/${kit.coverAssetId}/clean-grid`}
          alt=""
          ratio="16 / 10"
          tint={kit.coverTint}
          icon="folder"
          {...(eager && { eager })}
        />
      }
    >
      {kit.description && <p className="muted">{kit.description}</p>}
      <p className="small">
        {fileCount(kit.files, language)} ·{' '}
        <Validity startsAt={kit.startsAt} endsAt={kit.endsAt} upcoming={kit.standing === 'not-yet'} zone={zone} />
      </p>
      {kit.lastChange && (
        <p className="small muted">
          {changeWords(kit.lastChange, language)}, <When at={kit.lastChange.at} to="day" zone={zone} />
        </p>
      )}
      {kit.standing === 'not-yet' && <Status tone="info">{t('opens-soon')}</Status>}
    </Card>
  )
}

/** From when, or until when, a kit may be used. */
export function Validity({ startsAt, endsAt, upcoming, zone }: { startsAt: Date; endsAt: Date | null; upcoming: boolean; zone: string }) {
  const t = useTranslations('portal')
  if (upcoming) return <>{t.rich('from', { day: () => <When at={startsAt} to="day" zone={zone} /> })}</>
  if (!endsAt) return <>{t('no-end')}</>
  return <>{t.rich('valid-until', { day: () => <When at={endsAt} to="day" zone={zone} endOfSpan /> })}</>
}
