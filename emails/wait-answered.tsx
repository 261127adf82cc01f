import { Letter } from './parts/letter.tsx'
import { Para, Quote } from './parts/pieces.tsx'
import { hello, sayLetter } from './parts/words.ts'
import type { LetterProps } from './props.ts'

type Props = LetterProps['wait-answered']

export const subject = ({ assetTitle, outcome, language }: Props) => sayLetter(language)(`wait.${outcome}-subject`, { title: assetTitle })

/** To whoever stood in line for rights that somebody was at the till with. */
export default function WaitAnswered({ language, name, houseName, assetTitle, scope, outcome, widens, url }: Props) {
  const t = sayLetter(language)
  const over = outcome === 'gone' && widens !== null && !widens.runs
  return (
    <Letter
      from={houseName}
      language={language}
      preview={t(`wait.${outcome}-preview`)}
      heading={t(`wait.${outcome}-heading`, { title: assetTitle })}
      button={{ label: t(`wait.${outcome}-button`), href: url }}
      why={t('wait.why')}
    >
      <Para>{hello(name, language)}</Para>
      <Para>{t(`wait.${outcome}-intro`)}</Para>
      <Quote>{scope}</Quote>
      {widens && outcome === 'free' && <Para>{t('wait.free-widens', { number: widens.number })}</Para>}
      <Para>{over ? t('wait.gone-over', { number: widens.number }) : t(`wait.${outcome}-text`)}</Para>
    </Letter>
  )
}
