import { Form } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import type { Offer } from '#app/http/offer.server.ts'
import { Button, SubmitButton } from '../ui/button.tsx'
import { Link } from '../ui/link.tsx'
import { Notice } from '../ui/notice.tsx'
import { RadioCards } from '../ui/radio-cards.tsx'
import { AnswersAgain, CaseAgain } from './answers-again.tsx'
import { HeldLicences, WideningTable } from './held-licences.tsx'
import { Blocked, Price } from './offered-price.tsx'
import { useLiveForm } from './use-live-form.ts'
import { UseQuestions } from './use-questions.tsx'
import { WaitingLine } from './waiting-line.tsx'

function ModelChoice({ models, chosen }: Pick<Offer, 'models' | 'chosen'>) {
  const t = useTranslations('licence')
  return (
    <RadioCards
      legend={t('choose')}
      hideLegend
      name="model"
      {...(chosen && { defaultValue: chosen })}
      cards={models.map(({ value, title, price, words }) => ({
        value,
        title: (
          <>
            <span>{title}</span>
            <span className="model-price numeric">{price ?? t('by-use')}</span>
          </>
        ),
        body: <span className="muted small">{words}</span>,
      }))}
    />
  )
}

/**
 * Choose a licence, answer its questions, see price and availability at once, put it into the cart. A GET form whose
 * answers are the address: it works without JavaScript by its button, and by itself with it.
 */
export function LicenceForm({ assetId, offer, mayBuy }: { assetId: string; offer: Offer; mayBuy: boolean }) {
  const t = useTranslations('licence')
  const { formKey, busy, onChange } = useLiveForm()
  const { models, chosen, questions, offered, open, answers, held, widening, ownCase } = offer
  if (models.length === 0)
    return (
      <Notice tone="info" title={t('not-for-sale')}>
        {open && <p>{open}</p>}
      </Notice>
    )
  const covered = offered?.held && !widening
  return (
    <div className="licence-form" data-busy={busy || undefined}>
      {held.length > 0 && <HeldLicences held={held} widened={widening?.id ?? null} />}
      <Form key={formKey} preventScrollReset onChange={onChange} className="licence-questions">
        <ModelChoice models={models} chosen={chosen} />
        {questions && <UseQuestions questions={questions} />}
        {answers.widen && <input type="hidden" name="widen" value={answers.widen} />}
        {ownCase && <CaseAgain ownCase={ownCase} />}
        <noscript>
          <Button type="submit" tone="primary">
            {t('ask.update')}
          </Button>
        </noscript>
      </Form>
      <Price offered={offered} open={widening ? widening.open : open} upgrade={Boolean(widening)} />
      {widening && <WideningTable widening={widening} />}
      {offered?.withheld && <p className="muted small">{offered.withheld}</p>}
      {offered?.line && (
        <WaitingLine
          line={offered.line}
          mayWait={mayBuy}
          fields={
            <>
              <AnswersAgain assetId={assetId} answers={answers} />
              {widening && <input type="hidden" name="widen" value={widening.id} />}
            </>
          }
        />
      )}
      {offered && !offered.sellable && offered.line?.kind !== 'own' && <Blocked offered={offered} />}
      {covered && (
        <Notice tone="success" title={t('held')}>
          <p>
            <Link to="/licences">{t('to-licences')}</Link>
          </p>
        </Notice>
      )}
      {offered?.sellable && mayBuy && (
        <Form method="post" action="/cart/add" className="stack" data-gap="sm">
          <AnswersAgain assetId={assetId} answers={answers} />
          {widening && <input type="hidden" name="upgradesLicenceId" value={widening.id} />}
          <SubmitButton size="lg" wide icon="cart" formAction="/cart/add" {...(busy && { pending: true })}>
            {t(widening ? 'add-upgrade' : 'add-to-cart')}
          </SubmitButton>
          <p className="muted small">
            <Link to="/licensing">{t('compare-licences')}</Link>
          </p>
        </Form>
      )}
      {offered && !mayBuy && <p className="muted small">{t('staff')}</p>}
    </div>
  )
}
