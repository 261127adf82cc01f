import { Column, Link, Row, Section, Text } from '@react-email/components'
import type { ReactNode } from 'react'
import * as look from './look.ts'

/** A sentence or two. */
export function Para({ children }: { children: ReactNode }) {
  return (
    <Text className="ink" style={look.body}>
      {children}
    </Text>
  )
}

/** Somebody's own words, set apart. */
export function Quote({ children }: { children: ReactNode }) {
  return (
    <Text className="ink line" style={look.quote}>
      {children}
    </Text>
  )
}

export interface Line {
  title: string
  detail?: string | null | undefined
  amount?: string | undefined
  href?: string | null | undefined
}

/** Things and what they cost, one under the other. */
export function Lines({ lines }: { lines: readonly Line[] }) {
  return (
    <Section style={look.table}>
      {lines.map((line, index) => (
        <Row key={index}>
          <Column className="ink line" style={look.row}>
            {line.href ? (
              <Link className="link" href={line.href} style={look.link}>
                {line.title}
              </Link>
            ) : (
              line.title
            )}
            {line.detail ? (
              <Text className="soft" style={look.facts}>
                {line.detail}
              </Text>
            ) : null}
          </Column>
          <Column className="ink line" style={look.amount}>
            {line.amount ?? ''}
          </Column>
        </Row>
      ))}
    </Section>
  )
}
