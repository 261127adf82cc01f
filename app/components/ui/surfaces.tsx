import type { ReactNode } from 'react'
import { Link } from './link.tsx'

interface CardProps {
  title: ReactNode
  to?: string
  /** A `Picture`, edge to edge. */
  media?: ReactNode
  children?: ReactNode
  /** Buttons that stay pressable although the whole card is a link. */
  actions?: ReactNode
  as?: 'h2' | 'h3' | 'h4'
}

/** One thing among equals. With `to` the whole card is the link. */
export function Card({ title, to, media, children, actions, as: Heading = 'h3' }: CardProps) {
  return (
    <article className="card">
      {media ?? <span />}
      <div className="card-body">
        <Heading className="card-title">{to ? <Link to={to}>{title}</Link> : title}</Heading>
        {children}
        {actions && <div className="card-actions cluster">{actions}</div>}
      </div>
    </article>
  )
}

/** A part of a page with its own heading. */
export function Panel({ title, actions, children, id }: { title?: ReactNode; actions?: ReactNode; children: ReactNode; id?: string }) {
  return (
    <section className="panel" id={id}>
      {(title || actions) && (
        <div className="panel-head">
          {title && <h2>{title}</h2>}
          {actions && <div className="cluster">{actions}</div>}
        </div>
      )}
      <div className="panel-body">{children}</div>
    </section>
  )
}
