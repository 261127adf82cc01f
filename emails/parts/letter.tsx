import { Body, Button, Container, Head, Heading, Hr, Html, Link, Preview, Section, Text } from '@react-email/components'
import type { ReactNode } from 'react'
import type { Language } from '#services/kernel/language.ts'
import * as look from './look.ts'
import { sayLetter } from './words.ts'

export interface LetterFrame {
  /** The line that a mailbox shows beside the subject. */
  preview: string
  heading: string
  /** The one thing to do. */
  button: { label: string; href: string }
  /** Why this person gets this letter: the last line of each. */
  why: string
  /** Who writes: the house's name. */
  from: string
  /** In which language it is written. */
  language?: Language | undefined
  children: ReactNode
}

/** The one layout of all letters: who writes, what happened, one button, and why it was sent. */
export function Letter({ preview, heading, button, why, from, language = 'en', children }: LetterFrame) {
  return (
    <Html lang={language}>
      <Head>
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <style>{look.darkStyle}</style>
      </Head>
      <Preview>{preview}</Preview>
      <Body className="paper" style={look.paper}>
        <Container style={look.column}>
          <Text className="soft" style={look.from}>
            {from}
          </Text>
          <Section className="sheet" style={look.sheet}>
            <Heading as="h1" className="ink" style={look.heading}>
              {heading}
            </Heading>
            {children}
            <Button className="button" href={button.href} style={look.button}>
              {button.label}
            </Button>
            <Text className="soft" style={look.small}>
              {sayLetter(language)('button-fails')}
              <br />
              <Link className="link" href={button.href} style={look.address}>
                {button.href}
              </Link>
            </Text>
          </Section>
          <Hr className="line" style={look.line} />
          <Text className="soft" style={look.small}>
            {why}
          </Text>
        </Container>
      </Body>
    </Html>
  )
}
