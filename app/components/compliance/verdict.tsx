import { Icon } from '#app/components/ui/icon.tsx'
import type { Seal, Verdict } from '#services/licensing/verification.ts'

const words: Record<Verdict, { title: string; tone: string; icon: 'success' | 'warning' | 'danger' }> = {
  genuine: { title: 'Genuine, and valid', tone: 'success', icon: 'success' },
  suspended: { title: 'Genuine, but suspended', tone: 'warning', icon: 'warning' },
  ended: { title: 'Genuine, but ended', tone: 'warning', icon: 'warning' },
  'not-genuine': { title: 'Not genuine', tone: 'danger', icon: 'danger' },
}

export const sealWords: Record<Seal, string> = {
  signed: 'The text has the hash that was signed, and the signature was made with the published key.',
  'text-changed': 'The text of this licence is not the one that was signed.',
  'key-not-published': 'The key that is named here was never published.',
  'signature-wrong': 'The signature was not made with the published key.',
}

/** The answer in one glance, before anything else on the page. */
export function VerdictMark({ verdict, children }: { verdict: Verdict; children: string }) {
  const { title, tone, icon } = words[verdict]
  return (
    <div className="verdict" data-tone={tone}>
      <Icon name={icon} />
      <div>
        <h1>{title}</h1>
        <p>{children}</p>
      </div>
    </div>
  )
}
