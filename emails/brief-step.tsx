import { Letter } from './parts/letter.tsx'
import { Para, Quote } from './parts/pieces.tsx'
import { hello } from './parts/words.ts'
import type { LetterProps } from './props.ts'

type Props = LetterProps['brief-step']

const words = {
  en: {
    heading: {
      accepted: (title: string) => `“${title}” will be made`,
      declined: (title: string) => `“${title}” cannot be made`,
      assigned: (title: string) => `Somebody has “${title}” on the table`,
      delivered: (title: string) => `“${title}” has been delivered`,
      closed: (title: string) => `“${title}” is closed`,
      cancelled: (title: string) => `“${title}” was cancelled`,
      note: (title: string) => `A word about “${title}”`,
    },
    text: {
      accepted: 'The desk has accepted what you asked for and is looking for somebody who makes it.',
      declined: 'The desk cannot have this made. It says:',
      assigned: 'What you asked for has been given to somebody. You hear when it is delivered.',
      delivered: 'Look at what was made. Pictures appear as soon as they are approved; then accept them, or say what should change.',
      closed: 'What you asked for is done, and the request is closed.',
      cancelled: 'What you asked for was cancelled by the desk.',
      note: 'Somebody wrote about what you asked for:',
    },
    button: 'Open the request',
    why: 'You get this letter because you asked for this.',
  },
  de: {
    heading: {
      accepted: (title: string) => `„${title}“ wird gemacht`,
      declined: (title: string) => `„${title}“ kann nicht gemacht werden`,
      assigned: (title: string) => `„${title}“ liegt bei jemandem auf dem Tisch`,
      delivered: (title: string) => `„${title}“ ist geliefert`,
      closed: (title: string) => `„${title}“ ist abgeschlossen`,
      cancelled: (title: string) => `„${title}“ wurde abgesagt`,
      note: (title: string) => `Ein Wort zu „${title}“`,
    },
    text: {
      accepted: 'Die Redaktion hat Ihren Wunsch angenommen und sucht jemanden, der ihn umsetzt.',
      declined: 'Die Redaktion kann das nicht machen lassen. Sie sagt:',
      assigned: 'Ihr Wunsch ist vergeben. Sie hören, wenn geliefert ist.',
      delivered:
        'Sehen Sie an, was gemacht wurde. Bilder erscheinen, sobald sie freigegeben sind; nehmen Sie sie ab oder sagen Sie, was sich ändern soll.',
      closed: 'Was Sie wünschten, ist fertig, und der Wunsch ist abgeschlossen.',
      cancelled: 'Ihr Wunsch wurde von der Redaktion abgesagt.',
      note: 'Jemand schrieb zu Ihrem Wunsch:',
    },
    button: 'Wunsch öffnen',
    why: 'Sie erhalten diese E-Mail, weil Sie sich das gewünscht haben.',
  },
} as const

export const subject = ({ language, kind, title }: Props) => words[language].heading[kind](title)

/** To whoever asked for an asset: how it goes on. */
export default function BriefStep({ language, name, houseName, kind, title, said, url }: Props) {
  const say = words[language]
  const heading = say.heading[kind](title)
  return (
    <Letter
      language={language}
      from={houseName}
      preview={say.text[kind]}
      heading={heading}
      button={{ label: say.button, href: url }}
      why={say.why}
    >
      <Para>{hello(name, language)}</Para>
      <Para>{say.text[kind]}</Para>
      {said ? <Quote>{said}</Quote> : null}
    </Letter>
  )
}
