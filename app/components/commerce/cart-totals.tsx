import { useTranslations } from 'use-intl'
import { useLanguage } from '#app/words/use-language.ts'
import type { CartPage } from '#services/commerce/cart-view.ts'
import { formatMoney } from '#services/kernel/money.ts'

/** What the cart costs: by the book, what lowers it, tax, total. */
export function CartTotals({ cart }: { cart: CartPage }) {
  const t = useTranslations('cart.sums')
  const language = useLanguage()
  const { list, net, tax, taxLabel, total } = cart
  return (
    <dl className="cart-totals numeric">
      {list && (
        <>
          <div>
            <dt>{t('list')}</dt>
            <dd>{formatMoney(list, language)}</dd>
          </div>
          <div>
            <dt>{t('off')}</dt>
            <dd>{formatMoney({ ...net, minor: net.minor - list.minor }, language)}</dd>
          </div>
        </>
      )}
      <div>
        <dt>{t('licences')}</dt>
        <dd>{formatMoney(net, language)}</dd>
      </div>
      <div>
        <dt>{taxLabel ?? t('tax')}</dt>
        <dd>{tax ? formatMoney(tax, language) : t('after-sign-in')}</dd>
      </div>
      <div className="cart-total">
        <dt>{t('total')}</dt>
        <dd>{formatMoney(total, language)}</dd>
      </div>
    </dl>
  )
}
