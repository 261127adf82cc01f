import { useTranslations } from 'use-intl'
import { CopyText } from '#app/components/ui/code.tsx'
import { DescriptionList } from '#app/components/ui/description-list.tsx'
import { Link } from '#app/components/ui/link.tsx'
import { Picture } from '#app/components/ui/picture.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { When } from '#app/components/ui/when.tsx'
import { useLanguage } from '#app/words/use-language.ts'
import { beginInWords, endInWords } from '#services/licensing/rules/certificate-words.ts'
import type { Verified } from '#services/licensing/verification.ts'
import { VerdictMark } from './verdict.tsx'

function AssetPart({ found: { asset, picture } }: { found: Verified }) {
  const t = useTranslations('proof')
  return (
    <div className="proof-asset">
      {picture && (
        <Picture
          src={picture}
          alt={t('preview-of', { title: asset.title })}
          width={asset.width}
          height={asset.height}
          fit="contain"
          eager
        />
      )}
      <DescriptionList
        facts={[
          { term: t('work'), detail: <strong>{asset.title}</strong> },
          { term: t('creator'), detail: asset.creator },
          { term: t('credit'), detail: asset.creditLine },
          { term: t('file'), detail: `${asset.fileName}${asset.width && asset.height ? `, ${asset.width} × ${asset.height} px` : ''}` },
          { term: t('original-sha'), detail: <code className="code wrap">{asset.sha256}</code> },
        ]}
      />
    </div>
  )
}

/** Everything a stranger may know about a licence, and the means to check it without us. Made to be printed, too. */
export function LicenceProof({ found }: { found: Verified }) {
  const t = useTranslations('proof')
  const language = useLanguage()
  const { number, verdict, standing, seal, scope, exclusive, from, until, zone, parties } = found
  return (
    <div className="proof stack" data-gap="lg">
      <VerdictMark verdict={verdict}>{verdict === 'not-genuine' ? t(`seals.${seal}`) : t(`summaries.${standing}`)}</VerdictMark>
      <Panel title={t('licence-no', { number })}>
        <AssetPart found={found} />
      </Panel>
      <Panel title={t('scope')}>
        <DescriptionList
          facts={[
            ...scope.map(({ label, words }) => ({ term: label, detail: words })),
            { term: t('from'), detail: beginInWords(new Date(from), zone, language) },
            { term: t('until'), detail: endInWords(until === null ? null : new Date(until), zone, language) },
            { term: t('exclusivity-title'), detail: exclusive ? t('exclusive') : t('not-exclusive') },
            ...(found.terms
              ? [{ term: t('terms'), detail: t('version', { title: found.terms.title, version: found.terms.version }) }]
              : []),
            ...(found.replacedBy
              ? [{ term: t('replaced-by'), detail: <Link to={`/verify/${found.replacedBy}`}>{found.replacedBy}</Link> }]
              : []),
            ...(found.replaces ? [{ term: t('takes-place'), detail: <Link to={`/verify/${found.replaces}`}>{found.replaces}</Link> }] : []),
            ...(found.endedAt ? [{ term: t('ended'), detail: <When at={found.endedAt} zone={zone} /> }] : []),
          ]}
        />
      </Panel>
      <Panel title={t('parties')}>
        {parties ? (
          <DescriptionList
            facts={[
              { term: t('licensor'), detail: parties.licensor },
              { term: t('holder'), detail: parties.holder },
              { term: t('for-use-by'), detail: parties.licensee },
            ]}
          />
        ) : (
          <p>{t.rich('names', { link: (chunks) => <Link to={`/sign-in?then=/verify/${number}`}>{chunks}</Link> })}</p>
        )}
      </Panel>
      <Panel title={t('proof')}>
        <p>{t(`seals.${seal}`)}</p>
        <DescriptionList
          facts={[
            { term: t('checked'), detail: <When at={found.checkedAt} to="second" /> },
            { term: t('issued'), detail: <When at={found.issuedAt} to="second" /> },
            { term: t('document-sha'), detail: <code className="code wrap">{found.documentSha256}</code> },
            {
              term: t('key'),
              detail: (
                <Link to={`/keys#${found.keyId}`}>
                  <code className="code">{found.keyId}</code>
                </Link>
              ),
            },
            { term: t('signature'), detail: <CopyText value={found.signature} shown={`${found.signature.slice(0, 24)}…`} /> },
          ]}
        />
        {found.licenceId && (
          <p className="no-print">
            <a href={`/licences/${found.licenceId}/certificate`}>{t('certificate')}</a>
          </p>
        )}
      </Panel>
    </div>
  )
}
