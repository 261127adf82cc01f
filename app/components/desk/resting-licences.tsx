import { Link } from '@remix-run/react'

/** Beside a form that ends one row of one picture: how many licences rest on it, and the way to see them first. Inline, for a sentence. */
export function RestingLicences({ count, to }: { count: number; to: string }) {
  if (count === 0) return null
  return (
    <>
      {' '}
      <strong>
        {count.toLocaleString('en-GB')} live {count === 1 ? 'licence rests' : 'licences rest'} on this picture.
      </strong>{' '}
      <Link to={to}>See what hangs on it, and decide line by line</Link>.
    </>
  )
}
