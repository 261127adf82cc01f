import { Link } from '@remix-run/react'
import { Notice } from '#app/components/ui/notice.tsx'
import { When } from '#app/components/ui/when.tsx'
import type { LicencePage } from '#services/licensing/views.ts'
import { leftWords } from './term.tsx'

/** What the holder must know about a licence that is not simply in force, and what to do. */
export function StandingNotice({ licence }: { licence: LicencePage }) {
  const again = <Link to={`/assets/${licence.asset.id}`}>License the picture anew</Link>
  switch (licence.standing) {
    case 'in-force':
      return null
    case 'ending':
      return (
        <Notice tone="warning" title={`Ends soon: ${leftWords(licence.daysLeft) ?? 'today'}`}>
          After the last day the files are no longer delivered and uses must have ended. {again} in time to go on.
        </Notice>
      )
    case 'upcoming':
      return (
        <Notice title="Begins later">
          The files open on <When at={licence.startsAt} zone={licence.zone} to="day" />.
        </Notice>
      )
    case 'suspended':
      return (
        <Notice tone="warning" title="Suspended: please stop new uses">
          {licence.endReason} Nothing is delivered meanwhile; the rights stay yours. Write to us when you think this is wrong.
        </Notice>
      )
    case 'expired':
      return (
        <Notice tone="neutral" title="This licence has ended">
          Its term is over, and its uses must have ended with it. The certificate stays as proof for the time before. {again}.
        </Notice>
      )
    case 'revoked':
      return (
        <Notice tone="danger" title="This licence was revoked: all uses must end">
          {licence.endReason}
        </Notice>
      )
    case 'refunded':
      return (
        <Notice tone="neutral" title="Refunded: this licence has ended">
          {licence.endReason} {again}.
        </Notice>
      )
    case 'superseded':
      return (
        <Notice tone="neutral" title="Replaced">
          {licence.endReason}
        </Notice>
      )
    case 'reserved':
      return <Notice title="Reserved">It comes into force when it is paid.</Notice>
    case 'released':
    case 'conflict':
      return (
        <Notice tone="danger" title="Never issued">
          {licence.endReason}
        </Notice>
      )
  }
}
