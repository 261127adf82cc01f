import type { ReactNode } from 'react'

type Gap = 'xs' | 'sm' | 'md' | 'lg' | 'xl'

/** The frame of a page's content: gutters, greatest width. `form` is for sign-in and the like. */
export function Page({ width, children }: { width?: 'narrow' | 'form'; children: ReactNode }) {
  return (
    <div className="page" data-width={width}>
      {children}
    </div>
  )
}

/** One below the other. */
export function Stack({ gap = 'md', children }: { gap?: Gap; children: ReactNode }) {
  return (
    <div className="stack" data-gap={gap}>
      {children}
    </div>
  )
}

/** Side by side, wrapping. */
export function Cluster({ gap, justify, children }: { gap?: Gap; justify?: 'between' | 'end'; children: ReactNode }) {
  return (
    <div className="cluster" data-gap={gap} data-justify={justify}>
      {children}
    </div>
  )
}

/** As many equal columns as fit, each at least `least` wide (a CSS length, 16rem by default). */
export function Columns({ least, gap, children }: { least?: string; gap?: Gap; children: ReactNode }) {
  return (
    <div className="columns" data-gap={gap} {...(least && { style: { '--least': least } as object })}>
      {children}
    </div>
  )
}

/** Main matter and an aside of `aside` width (22rem by default) that drops below on narrow screens. */
export function Split({ aside, children }: { aside?: string; children: ReactNode }) {
  return (
    <div className="split" {...(aside && { style: { '--aside': aside } as object })}>
      {children}
    </div>
  )
}

/** Heard, not seen. */
export function VisuallyHidden({ children }: { children: ReactNode }) {
  return <span className="visually-hidden">{children}</span>
}
