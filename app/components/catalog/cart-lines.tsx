import { Form } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { useLanguage } from '#app/words/use-language.ts'
import type { CartLineView } from '#services/commerce/cart-view.ts'
import { formatShare } from '#services/kernel/language.ts'
import { formatMoney } from '#services/kernel/money.ts'
import { SubmitButton } from '../ui/button.tsx'
import { Link } from '../ui/link.tsx'
import { Notice } from '../ui/notice.tsx'
import { Picture } from '../ui/picture.tsx'
import { previewUrl } from './preview.ts'
import { WaitingLine } from './waiting-line.tsx'

/** The wish was stated when it was put here: its words go along as they are. */
function CartWait({ line, waiting }: { line: CartLineView; waiting: NonNullable<CartLineView['line']> }) {
  const stated = [...new URLSearchParams(line.to.split('?')[1] ?? '')]
  return (
    <WaitingLine
      line={waiting}
      mayWait
      back="/cart"
      fields={
        <>
          <input type="hidden" name="assetId" value={line.asset.id} />
          {stated.map(([name, value]) => (
            <input key={name + value} type="hidden" name={name} value={value} />
          ))}
        </>
      }
    />
  )
}

function Problem({ line }: { line: CartLineView }) {
  const t = useTranslations('cart')
  const language = useLanguage()
  const { problem, why, nearest } = line
  if (!problem || line.line?.kind === 'own') return null
  return (
    <Notice tone="warning" title={t(`problem.${problem}`)}>
      {why.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {nearest[0] && (
        <p>
          {t('nearest', { summary: nearest[0].summary, price: formatMoney(nearest[0].total, language) })}{' '}
          <Link to={line.to}>{t('choose-anew')}</Link>
        </p>
      )}
    </Notice>
  )
}

/** What the wider licence costs in all, and what the one that is held counts for. */
function Widens({ widens }: { widens: NonNullable<CartLineView['widens']> }) {
  const t = useTranslations('cart')
  const language = useLanguage()
  const { licenceId, number, whole, credit } = widens
  return (
    <div className="small">
      <p>{t.rich('widens', { number, licence: (words) => <Link to={`/licences/${licenceId}`}>{words}</Link> })}</p>
      <p className="muted">{t('widens-sum', { whole: formatMoney(whole, language), credit: formatMoney(credit, language) })}</p>
    </div>
  )
}

function Price({ line }: { line: CartLineView }) {
  const t = useTranslations('cart')
  const language = useLanguage()
  const { price, list, off, was } = line
  return (
    <>
      <p className="numeric">{price ? formatMoney(price, language) : '–'}</p>
      {list && <p className="numeric small muted">{t('by-the-book', { price: formatMoney(list, language) })}</p>}
      {off.length > 0 && (
        <ul className="small muted">
          {off.map(({ kind, name, bp }) => (
            <li key={kind}>{t(`off.${kind}`, { name, percent: bp === null ? 'none' : formatShare(bp / 10_000, language) })}</li>
          ))}
        </ul>
      )}
      {was && <p className="small">{t('was', { was: formatMoney(was, language) })}</p>}
    </>
  )
}

function Line({ line, aside }: { line: CartLineView; aside: boolean }) {
  const t = useTranslations('cart')
  const { asset, modelName, scope, widens } = line
  return (
    <li className="cart-line">
      <Link to={`/assets/${asset.id}`} className="cart-picture" tabIndex={-1} aria-hidden="true">
        <Picture src={asset.versionId && previewUrl(asset.id, 'grid', asset.versionId)} alt="" tint={asset.dominantColour} ratio="4 / 3" />
      </Link>
      <div className="cart-what">
        <h2>
          <Link to={line.to}>{asset.title}</Link>
        </h2>
        <p>{modelName}</p>
        {widens && <Widens widens={widens} />}
        <details className="cart-scope">
          <summary>{t('covers')}</summary>
          <dl>
            {scope.map(({ label, words }) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{words}</dd>
              </div>
            ))}
          </dl>
        </details>
        {line.line && !aside && <CartWait line={line} waiting={line.line} />}
        <Problem line={line} />
      </div>
      <div className="cart-price">
        <Price line={line} />
        <div className="cart-acts">
          <Form method="post" action="/cart/later">
            <input type="hidden" name="lineId" value={line.id} />
            <input type="hidden" name="later" value={aside ? 'no' : 'yes'} />
            <SubmitButton
              tone="quiet"
              size="sm"
              formAction="/cart/later"
              aria-label={t(aside ? 'back-in-what' : 'for-later-what', { title: asset.title })}
            >
              {t(aside ? 'back-in' : 'for-later')}
            </SubmitButton>
          </Form>
          <Form method="post" action="/cart/remove">
            <input type="hidden" name="lineId" value={line.id} />
            <SubmitButton tone="quiet" size="sm" formAction="/cart/remove" aria-label={t('remove-what', { title: asset.title })}>
              {t('remove')}
            </SubmitButton>
          </Form>
        </div>
      </div>
    </li>
  )
}

/** The lines of the cart: picture, licence, what it covers, price, and what is in the way. `aside`: those that wait for later. */
export function CartLines({ lines, aside = false }: { lines: readonly CartLineView[]; aside?: boolean }) {
  return (
    <ul className="cart-lines">
      {lines.map((line) => (
        <Line key={line.id} line={line} aside={aside} />
      ))}
    </ul>
  )
}
