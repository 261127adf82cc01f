import type { CSSProperties } from 'react'

/** The product's tokens (app/styles/tokens.css) as plain colours: mail programs know neither oklch() nor variables. */
const light = {
  paper: '#fafaf7',
  sheet: '#ffffff',
  ink: '#191c23',
  soft: '#555a65',
  line: '#dedfdb',
  accent: '#2a43b0',
  onAccent: '#ffffff',
}
const dark = {
  paper: '#0f1116',
  sheet: '#16191f',
  ink: '#ededea',
  soft: '#a9adb7',
  line: '#30343d',
  accent: '#9fb4ff',
  onAccent: '#0d1430',
}

const text = "'Hanken Grotesk', -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"
const display = "Newsreader, Georgia, 'Times New Roman', serif"

/** Styles are inline for the programs that know nothing else; these rules repaint them where dark mode is understood. */
export const darkStyle = `@media (prefers-color-scheme: dark) {
.paper, .paper > table, .paper > table > tbody > tr > td { background-color: ${dark.paper} !important }
.sheet { background-color: ${dark.sheet} !important; border-color: ${dark.line} !important }
.ink { color: ${dark.ink} !important }
.soft { color: ${dark.soft} !important }
.line { border-color: ${dark.line} !important }
.link { color: ${dark.accent} !important }
.button { background-color: ${dark.accent} !important; color: ${dark.onAccent} !important }
}`

export const paper: CSSProperties = { backgroundColor: light.paper, fontFamily: text, margin: 0, padding: '24px 0' }
export const column: CSSProperties = { maxWidth: '36rem', margin: '0 auto', padding: '0 16px' }
export const from: CSSProperties = { color: light.soft, fontSize: '14px', fontWeight: 600, letterSpacing: '0.02em', margin: '0 0 12px' }
export const sheet: CSSProperties = {
  backgroundColor: light.sheet,
  border: `1px solid ${light.line}`,
  borderRadius: '6px',
  padding: '32px 28px',
}
export const heading: CSSProperties = {
  color: light.ink,
  fontFamily: display,
  fontSize: '27px',
  fontWeight: 500,
  lineHeight: 1.25,
  margin: '0 0 18px',
}
export const body: CSSProperties = { color: light.ink, fontSize: '16px', lineHeight: 1.6, margin: '0 0 16px' }
export const quote: CSSProperties = { ...body, borderLeft: `3px solid ${light.line}`, paddingLeft: '14px', whiteSpace: 'pre-line' }
export const button: CSSProperties = {
  backgroundColor: light.accent,
  borderRadius: '3px',
  color: light.onAccent,
  fontSize: '16px',
  fontWeight: 600,
  margin: '8px 0 20px',
  padding: '13px 22px',
}
export const small: CSSProperties = { color: light.soft, fontSize: '13px', lineHeight: 1.5, margin: 0 }
export const address: CSSProperties = { color: light.accent, wordBreak: 'break-all' }
export const link: CSSProperties = { color: light.accent }
export const line: CSSProperties = { border: 'none', borderTop: `1px solid ${light.line}`, margin: '24px 0 14px' }
export const row: CSSProperties = {
  borderTop: `1px solid ${light.line}`,
  padding: '10px 0',
  color: light.ink,
  fontSize: '15px',
  lineHeight: 1.5,
}
export const amount: CSSProperties = { ...row, textAlign: 'right', whiteSpace: 'nowrap', verticalAlign: 'top' }
export const facts: CSSProperties = { color: light.soft, fontSize: '14px', margin: 0 }
export const table: CSSProperties = { margin: '0 0 20px' }
