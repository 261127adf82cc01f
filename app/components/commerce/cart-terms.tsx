import { useTranslations } from 'use-intl'
import type { CartPage } from '#services/commerce/cart-view.ts'
import { useLanguage } from '#app/words/use-language.ts'
import { TermsText } from '../catalog/terms-text.tsx'
import { Link } from '../ui/link.tsx'

/** What is agreed to by checking out, word by word, before anything is paid. */
export function CartTerms({ texts }: Pick<CartPage, 'texts'>) {
  const t = useTranslations('cart')
  const licence = useTranslations('licence')
  const language = useLanguage()
  if (texts.length === 0) return null
  return (
    <section aria-labelledby="agreed" className="cart-terms">
      <h2 id="agreed">{t('terms-title')}</h2>
      {language !== 'en' && <p className="muted small">{licence('terms.language')}</p>}
      {texts.map(({ id, title, body }) => (
        <details key={id} open={texts.length === 1}>
          <summary>{t('terms-read', { title })}</summary>
          <TermsText body={body} />
          <p className="small">
            <Link to={`/terms/${id}`}>{t('terms-page')}</Link>
          </p>
        </details>
      ))}
    </section>
  )
}
