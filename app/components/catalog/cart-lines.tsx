import { Form, Link } from '@remix-run/react'
import type { CartLineView } from '#services/commerce/cart-view.ts'
import { formatMoney } from '#services/kernel/money.ts'
import { SubmitButton } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { Picture } from '../ui/picture.tsx'
import { previewUrl } from './preview.ts'
import { WaitingLine } from './waiting-line.tsx'

const problems: Record<NonNullable<CartLineView['problem']>, string> = {
  'rights-taken': 'This use cannot be had any more',
  'not-for-sale': 'No longer for sale',
  'model-not-offered': 'This licence is no longer offered for it',
  'terms-needed': 'The use is not stated',
  'no-prices': 'There is no price at present',
  'no-terms-template': 'There are no terms at present',
}

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

function Line({ line }: { line: CartLineView }) {
  const { asset, modelName, scope, price, problem, why, nearest } = line
  return (
    <li className="cart-line">
      <Link to={`/assets/${asset.id}`} className="cart-picture" tabIndex={-1} aria-hidden="true">
        <Picture src={asset.versionId && previewUrl(asset.id, 'grid', asset.versionId)} alt="" tint={asset.dominantColour} ratio="4 / 3" />
      </Link>
      <div className="cart-what">
        <h2>
          <Link to={`/assets/${asset.id}`}>{asset.title}</Link>
        </h2>
        <p>{modelName}</p>
        <details className="cart-scope">
          <summary>What it covers</summary>
          <dl>
            {scope.map(({ label, words }) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{words}</dd>
              </div>
            ))}
          </dl>
        </details>
        {line.line && <CartWait line={line} waiting={line.line} />}
        {problem && line.line?.kind !== 'own' && (
          <Notice tone="warning" title={problems[problem]}>
            {why.map((sentence) => (
              <p key={sentence}>{sentence}</p>
            ))}
            {nearest[0] && (
              <p>
                Nearest: {nearest[0].summary} for {formatMoney(nearest[0].total)}.{' '}
                <Link to={`/assets/${asset.id}?model=RIGHTS_MANAGED`}>Choose anew</Link>
              </p>
            )}
          </Notice>
        )}
      </div>
      <div className="cart-price">
        <p className="numeric">{price ? formatMoney(price) : '–'}</p>
        <Form method="post" action="/cart/remove">
          <input type="hidden" name="lineId" value={line.id} />
          <SubmitButton tone="quiet" size="sm" formAction="/cart/remove" aria-label={`Remove ${asset.title}`}>
            Remove
          </SubmitButton>
        </Form>
      </div>
    </li>
  )
}

/** The lines of the cart: picture, licence, what it covers, price, and what is in the way. */
export function CartLines({ lines }: { lines: readonly CartLineView[] }) {
  return (
    <ul className="cart-lines">
      {lines.map((line) => (
        <Line key={line.id} line={line} />
      ))}
    </ul>
  )
}
