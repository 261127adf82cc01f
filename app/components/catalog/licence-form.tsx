import { Form, Link, useNavigation, useSubmit } from '@remix-run/react'
import { Button, SubmitButton } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { RadioCards } from '../ui/radio-cards.tsx'
import type { Offer, Offered } from '#app/http/offer.server.ts'
import { UseQuestions } from './use-questions.tsx'
import { WaitingLine } from './waiting-line.tsx'

function ModelChoice({ models, chosen }: Pick<Offer, 'models' | 'chosen'>) {
  return (
    <RadioCards
      key={chosen}
      legend="Licence"
      hideLegend
      name="model"
      {...(chosen && { defaultValue: chosen })}
      cards={models.map(({ value, title, price, words }) => ({
        value,
        title: (
          <>
            <span>{title}</span>
            <span className="model-price numeric">{price ?? 'By your use'}</span>
          </>
        ),
        body: <span className="muted small">{words}</span>,
      }))}
    />
  )
}

function Blocked({ offered }: { offered: Offered }) {
  return (
    <Notice tone="warning" title="This use cannot be had">
      <ul className="plain-list">
        {offered.reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      {offered.nearest.length > 0 && (
        <div className="nearest">
          <p>What comes nearest:</p>
          <ul className="plain-list">
            {offered.nearest.map(({ to, label, total }) => (
              <li key={to}>
                <Link to={to} preventScrollReset replace>
                  {label}
                </Link>
                <span className="numeric">{total}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Notice>
  )
}

function Price({ offered }: { offered: Offered }) {
  return (
    <div className="price" role="status">
      <p className="price-total">
        <span className="numeric">{offered.total}</span> <span className="muted small">without tax</span>
      </p>
      {offered.sellable && !offered.held && <p className="available">Available now</p>}
      {offered.parts.length > 0 && (
        <details className="price-parts">
          <summary>How the price is made</summary>
          <dl className="numeric">
            {offered.parts.map(({ label, amount }) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{amount}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </div>
  )
}

/** The same answers once more, for the form that changes something. */
function HiddenAnswers({ assetId, answers }: { assetId: string; answers: Offer['answers'] }) {
  const one = {
    assetId,
    model: answers.model ?? '',
    from: answers.from,
    months: String(answers.months),
    until: answers.until ?? '',
    exclusive: answers.exclusive,
  }
  const many = { media: answers.media, territory: answers.territory, except: answers.except }
  return (
    <>
      {Object.entries(one).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {Object.entries(many).flatMap(([name, values]) =>
        values.map((value) => <input key={name + value} type="hidden" name={name} value={value} />),
      )}
    </>
  )
}

/** Choose a licence, answer its questions, see price and availability at once, put it into the cart. A GET form: it works without JavaScript. */
export function LicenceForm({ assetId, offer, mayBuy }: { assetId: string; offer: Offer; mayBuy: boolean }) {
  const submit = useSubmit()
  const { state, location } = useNavigation()
  const busy = state === 'loading' && location?.pathname === `/assets/${assetId}`
  const { models, chosen, questions, offered, open, answers } = offer
  if (models.length === 0)
    return (
      <Notice tone="info" title="Not for sale">
        {open && <p>{open}</p>}
      </Notice>
    )
  return (
    <div className="licence-form" data-busy={busy || undefined}>
      <Form preventScrollReset onChange={(event) => void submit(event.currentTarget, { replace: true, preventScrollReset: true })}>
        <ModelChoice models={models} chosen={chosen} />
        {questions && <UseQuestions questions={questions} />}
        <noscript>
          <Button type="submit">Update the price</Button>
        </noscript>
      </Form>
      {open && <p className="muted">{open}</p>}
      {offered && <Price offered={offered} />}
      {offered?.withheld && <p className="muted small">{offered.withheld}</p>}
      {offered?.line && <WaitingLine line={offered.line} mayWait={mayBuy} fields={<HiddenAnswers assetId={assetId} answers={answers} />} />}
      {offered && !offered.sellable && offered.line?.kind !== 'own' && <Blocked offered={offered} />}
      {offered?.held && (
        <Notice tone="success" title="You hold a licence for this use">
          <p>
            <Link to="/licences">To your licences</Link>
          </p>
        </Notice>
      )}
      {offered?.sellable && mayBuy && (
        <Form method="post" action="/cart/add" className="stack" data-gap="sm">
          <HiddenAnswers assetId={assetId} answers={answers} />
          <SubmitButton size="lg" wide icon="cart" formAction="/cart/add">
            Add to cart
          </SubmitButton>
          <p className="muted small">
            Under the terms <Link to={`/terms/${offered.termsTemplate.id}`}>{offered.termsTemplate.title}</Link>.{' '}
            <Link to="/licensing">Compare the licences</Link>
          </p>
        </Form>
      )}
      {offered && !mayBuy && (
        <p className="muted small">You work for this house: your people use its pictures by internal grant, not by purchase.</p>
      )}
    </div>
  )
}
