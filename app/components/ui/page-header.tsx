import type { ReactNode } from 'react'

/** The head of a page: a quiet line above, the one `<h1>`, a sentence below, actions beside. */
export function PageHeader({
  eyebrow,
  title,
  actions,
  children,
}: {
  eyebrow?: ReactNode
  title: ReactNode
  actions?: ReactNode
  children?: ReactNode
}) {
  return (
    <header className="page-header">
      <div className="page-header-text">
        {eyebrow && <div className="eyebrow">{eyebrow}</div>}
        <h1>{title}</h1>
        {children && <div className="page-header-words">{children}</div>}
      </div>
      {actions && <div className="cluster">{actions}</div>}
    </header>
  )
}
