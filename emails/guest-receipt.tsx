import { Letter } from './parts/letter.tsx'
import { Lines, Para } from './parts/pieces.tsx'
import { hello } from './parts/words.ts'
import type { LetterProps } from './props.ts'

type Props = LetterProps['guest-receipt']

const words = {
  en: {
    subject: ({ total, houseName }: Props) => `Receipt: ${total} ${total === 1 ? 'file' : 'files'} for ${houseName}`,
    preview: 'What arrived, by name and hash.',
    heading: 'Your files have arrived',
    came: ({ total, houseName, linkName }: Props) =>
      `${houseName} has received ${total} ${total === 1 ? 'file' : 'files'} from you for “${linkName}”. The hash (SHA-256) of each proves which file it was.`,
    more: (n: number) => `And ${n} more.`,
    declared: 'What you declared, as it is kept:',
    next: 'Nothing is used before the house has looked at it. Keep this letter as your receipt.',
    button: 'To the house',
    why: 'You get this letter because you sent files and gave this address.',
  },
  de: {
    subject: ({ total, houseName }: Props) => `Quittung: ${total} ${total === 1 ? 'Datei' : 'Dateien'} für ${houseName}`,
    preview: 'Was angekommen ist, mit Namen und Prüfsummen.',
    heading: 'Ihre Dateien sind angekommen',
    came: ({ total, houseName, linkName }: Props) =>
      `${houseName} hat ${total} ${total === 1 ? 'Datei' : 'Dateien'} von Ihnen für „${linkName}“ erhalten. Die Prüfsumme (SHA-256) belegt jeweils, welche Datei es war.`,
    more: (n: number) => `Und ${n} weitere.`,
    declared: 'Was Sie erklärt haben, so wie es aufbewahrt wird:',
    next: 'Nichts wird verwendet, bevor das Haus es angesehen hat. Bewahren Sie diese E-Mail als Quittung auf.',
    button: 'Zum Haus',
    why: 'Sie erhalten diese E-Mail, weil Sie Dateien gesendet und diese Adresse angegeben haben.',
  },
} as const

export const subject = (props: Props) => words[props.language].subject(props)

/** To a sender from outside: what arrived, and what they said of it. */
export default function GuestReceipt(props: Props) {
  const say = words[props.language]
  const rest = props.total - props.files.length
  return (
    <Letter
      language={props.language}
      from={props.houseName}
      preview={say.preview}
      heading={say.heading}
      button={{ label: say.button, href: props.url }}
      why={say.why}
    >
      <Para>{hello(props.name, props.language)}</Para>
      <Para>{say.came(props)}</Para>
      <Lines lines={props.files.map(({ title, size, sha256 }) => ({ title, detail: sha256, amount: size }))} />
      {rest > 0 && <Para>{say.more(rest)}</Para>}
      {props.declared.length > 0 && <Para>{say.declared}</Para>}
      {props.declared.map((body, at) => (
        <Para key={at}>{body}</Para>
      ))}
      <Para>{say.next}</Para>
    </Letter>
  )
}
