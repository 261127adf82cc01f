import { useTranslations } from 'use-intl'
import { Hash } from '#app/components/ui/code.tsx'
import { DescriptionList } from '#app/components/ui/description-list.tsx'
import { Link } from '#app/components/ui/link.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import type { LicencePage } from '#services/licensing/views.ts'

/** The scope in words with its codes beneath, as the certificate prints it. */
export function ScopePanel({ scope }: Pick<LicencePage, 'scope'>) {
  const t = useTranslations('licences')
  return (
    <Panel title={t('facts.allows')}>
      <DescriptionList
        facts={scope.map(({ label, words, codes }) => ({
          term: label,
          detail: (
            <>
              {words}
              {codes && <span className="muted small"> {codes}</span>}
            </>
          ),
        }))}
      />
    </Panel>
  )
}

/** What makes the licence checkable: parties, file, document and where to verify it. */
export function EvidencePanel({ licence }: { licence: LicencePage }) {
  const t = useTranslations('licences')
  const { paper } = licence
  return (
    <Panel title={t('facts.proof')}>
      <DescriptionList
        facts={[
          { term: t('facts.licensor'), detail: paper?.licensor },
          { term: t('facts.holder'), detail: licence.holder.name },
          { term: t('for'), detail: licence.licenseeName },
          { term: t('file'), detail: paper?.fileName },
          { term: t('facts.file-sha'), detail: paper && <Hash value={paper.fileSha256} /> },
          { term: t('facts.document-sha'), detail: licence.documentSha256 && <Hash value={licence.documentSha256} /> },
          {
            term: t('facts.terms'),
            detail: paper?.terms && (
              <Link to={`/terms/${paper.terms.templateId}`}>
                {t('facts.version', { title: paper.terms.title, version: paper.terms.version })}
              </Link>
            ),
          },
          { term: t('facts.signed-with'), detail: licence.keyId && <Link to="/keys">{licence.keyId}</Link> },
          { term: t('facts.anybody'), detail: paper && <Link to={`/verify/${licence.number}`}>{t('facts.verification')}</Link> },
        ]}
      />
    </Panel>
  )
}
