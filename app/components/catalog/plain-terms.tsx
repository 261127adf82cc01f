import { useFetcher } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import type { Offered } from '#app/http/offer.server.ts'
import { Hash } from '../ui/code.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Link, useLocalHref } from '../ui/link.tsx'
import { TermsText } from './terms-text.tsx'

/** What may be done and what not, in plain words, beside the very text that is agreed on. */
export function PlainTerms({ offered: { plain, termsTemplate } }: { offered: Offered }) {
  const t = useTranslations('licence')
  const { id, title, version } = termsTemplate
  return (
    <section className="plain-terms" aria-label={t('plain.title')}>
      <div className="plain-columns">
        <PlainList title={t('plain.title')} lines={plain.allowed} />
        <PlainList title={t('plain.no-title')} lines={plain.forbidden} />
        <PlainList title={t('plain.credit-title')} lines={plain.credit} />
      </div>
      <p className="muted small">
        {t('terms.prevail')} <Link to={`/terms/${id}`}>{t('terms.version', { title, version })}</Link>
      </p>
      <TermsDialog termsTemplate={termsTemplate} />
    </section>
  )
}

const PlainList = ({ title, lines }: { title: string; lines: readonly string[] }) => (
  <div>
    <h3>{title}</h3>
    <ul>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  </div>
)

/** The text itself, fetched when it is first wanted. Without JavaScript the link beside leads to its page. */
function TermsDialog({ termsTemplate: { id, title, version, sha256 } }: Pick<Offered, 'termsTemplate'>) {
  const t = useTranslations('licence')
  const local = useLocalHref()
  const fetcher = useFetcher<{ body: string }>({ key: `terms-${id}` })
  const fetchText = () => {
    if (!fetcher.data && fetcher.state === 'idle') fetcher.load(local(`/terms/${id}`))
  }
  return (
    <div className="terms-open" onClickCapture={fetchText} onFocusCapture={fetchText}>
      <Dialog title={t('terms.version', { title, version })} trigger={t('terms.open')} tone="quiet" size="sm">
        <p className="muted small terms-hash">
          {t('terms.hash')} <Hash value={sha256} />
        </p>
        {fetcher.data ? <TermsText body={fetcher.data.body} /> : <p className="muted">{t('terms.loading')}</p>}
        <p>
          <Link to={`/terms/${id}`}>{t('terms.page')}</Link>
        </p>
      </Dialog>
    </div>
  )
}
