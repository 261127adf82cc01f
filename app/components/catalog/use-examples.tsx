import { Form } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import type { ExampleLines, Offer, OwnCase } from '#app/http/offer.server.ts'
import { MediaPicker, PlacePicker } from '../rights/scope-pickers.tsx'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { Link } from '../ui/link.tsx'
import { AnswersAgain } from './answers-again.tsx'

/** The way to have something after all: wider, by another licence, or by one of its own. */
function Add({ add }: { add: { to: string; kind: 'widen' | 'change' | 'apart' | 'year' | 'ask'; extra: string | null } }) {
  const t = useTranslations('licence')
  return (
    <Link to={add.to} preventScrollReset className="example-add">
      {add.kind === 'ask' || add.extra === null ? t('examples.ask') : t(`examples.${add.kind}`, { extra: add.extra })}
    </Link>
  )
}

/** Everyday uses on both sides of the edge of the licence that is chosen. */
export function UseExamples({ examples }: { examples: ExampleLines }) {
  const t = useTranslations('licence')
  return (
    <section className="use-examples" aria-labelledby="examples-title">
      <h2 id="examples-title">{t('examples.title')}</h2>
      <div className="examples">
        <div>
          <h3>{t('examples.covered')}</h3>
          <ul className="plain-list">
            {examples.covered.map(({ words }) => (
              <li key={words} data-covered="">
                <Icon name="check" />
                <span>{words}</span>
              </li>
            ))}
          </ul>
        </div>
        <div>
          <h3>{t('examples.beyond')}</h3>
          <ul className="plain-list">
            {examples.beyond.map(({ words, add, why }) => (
              <li key={words}>
                <Icon name="close" />
                <span>
                  {words} {add && <Add add={add} />}
                  {!add && why && <span className="muted small">{why}</span>}
                </span>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </section>
  )
}

/** One sentence about one's own use, what was understood of it, and the answer. A GET form like the questions. */
export function OwnCaseForm({ answers, ownCase }: { answers: Offer['answers']; ownCase: OwnCase | null }) {
  const t = useTranslations('licence')
  return (
    <section className="own-case" aria-labelledby="case-title" id="case">
      <h2 id="case-title">{t('case.title')}</h2>
      <Form preventScrollReset key={ownCase?.text ?? ''} className="stack" data-gap="sm">
        <AnswersAgain answers={answers} />
        <div className="case-line">
          <label htmlFor="case-text">{t('case.label')}</label>
          <input
            id="case-text"
            className="input"
            name="case"
            maxLength={300}
            autoComplete="off"
            defaultValue={ownCase?.text ?? ''}
            placeholder={t('case.placeholder')}
          />
          <Button type="submit" tone="primary">
            {t('case.ask')}
          </Button>
        </div>
        {ownCase && (
          <details className="case-correct" open={ownCase.answer === null || ownCase.understood.unknown.length > 0}>
            <summary>{t('case.correct')}</summary>
            <input type="hidden" name="caseRead" value={ownCase.text} />
            <MediaPicker choices={ownCase.choices} name="caseMedia" chosen={ownCase.understood.media} label={t('case.media')} />
            <PlacePicker choices={ownCase.choices} name="casePlace" chosen={ownCase.understood.territory} label={t('case.places')} />
            <Button type="submit">{t('case.again')}</Button>
          </details>
        )}
      </Form>
      <div role="status" aria-live="polite">
        {ownCase && <CaseAnswer ownCase={ownCase} />}
      </div>
    </section>
  )
}

function CaseAnswer({ ownCase: { understood, answer } }: { ownCase: OwnCase }) {
  const t = useTranslations('licence')
  const unknown = understood.unknown.length > 0 && (
    <p className="muted small">{t('case.unknown', { words: understood.unknown.join(', ') })}</p>
  )
  if (!answer)
    return (
      <>
        <p>{t('case.nothing')}</p>
        {unknown}
      </>
    )
  return (
    <div className="case-answer" data-covered={answer.covered ? '' : undefined}>
      <p className="case-verdict">
        <Icon name={answer.covered ? 'check' : 'close'} />
        <span>
          {answer.covered === 'choice' && t('case.yes')}
          {answer.covered === 'licence' && t('case.yes-held')}
          {!answer.covered && t(answer.add ? 'case.no-add' : 'case.no')} {answer.add && <Add add={answer.add} />}
        </span>
      </p>
      {answer.why.map((reason) => (
        <p key={reason}>{reason}</p>
      ))}
      <p className="muted small">
        {t('case.understood')}:{' '}
        {answer.scope
          .filter(({ codes }) => codes[0] !== 'ALL')
          .map(({ words }) => words)
          .join(' · ')}
      </p>
      {unknown}
    </div>
  )
}
