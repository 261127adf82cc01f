import { useTranslations } from 'use-intl'
import { DescriptionList } from '#app/components/ui/description-list.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import type { VisitSoFar } from '#services/intake/guest-views.ts'

/** What the sender said, as it is kept. */
export function Declared({ visit }: { visit: VisitSoFar }) {
  const t = useTranslations('guests')
  return (
    <Panel title={t('declared')}>
      <DescriptionList
        facts={[
          { term: t('who'), detail: `${visit.senderName}, ${visit.senderEmail}` },
          { term: t('source'), detail: visit.source },
          { term: t('licence'), detail: visit.licence && t(`licences.${visit.licence}.title`) },
          { term: t('licence-words'), detail: visit.licenceWords },
          { term: t('people'), detail: visit.people && t(`releases.${visit.people}`) },
          { term: t('property'), detail: visit.property && t(`releases.${visit.property}`) },
        ]}
      />
    </Panel>
  )
}
