import { html } from 'hono/html'
import type { InboxLetter } from './letters.ts'

type Html = ReturnType<typeof html>

const style = `
:root { color-scheme: light dark; --ink: #1b2430; --quiet: #55606f; --paper: #fff; --ground: #f3f4f1; --soft: #e2e5e0; --line: #8a939f; --accent: #1f5f4a; --on-accent: #fff; --chosen: #e6f0eb; --note: #fff6dc; --note-ink: #5b4300 }
@media (prefers-color-scheme: dark) { :root { --ink: #e9ecef; --quiet: #a9b2bd; --paper: #1c222a; --ground: #13171c; --soft: #2c343e; --line: #77818d; --accent: #7fd0b3; --on-accent: #0c1f18; --chosen: #21352e; --note: #3a3013; --note-ink: #ffe3a1 } }
* { box-sizing: border-box }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Liberation Sans", sans-serif }
.banner { margin: 0; padding: .5rem 1rem; background: var(--note); color: var(--note-ink); text-align: center; font-size: .9rem }
header { display: flex; flex-wrap: wrap; gap: 1rem; align-items: center; padding: 1rem 1.25rem; background: var(--paper); border-bottom: 1px solid var(--soft) }
h1 { font-size: 1.15rem; margin: 0; flex: 1 }
h1 a { color: inherit; text-decoration: none }
form { display: flex; gap: .5rem; flex-wrap: wrap }
input { min-height: 40px; font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--line); border-radius: 8px; padding: .35rem .7rem; min-width: 0; width: 16rem; max-width: 100% }
button { min-height: 40px; font: inherit; font-weight: 600; border-radius: 8px; border: 1px solid var(--accent); background: var(--accent); color: var(--on-accent); padding: .35rem .9rem; cursor: pointer }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
.board { display: grid; min-height: calc(100vh - 7rem) }
@media (min-width: 60rem) { .board { grid-template-columns: 24rem 1fr } .board nav { max-height: calc(100vh - 7rem); overflow: auto } }
nav { border-right: 1px solid var(--soft); background: var(--paper) }
nav ol { list-style: none; margin: 0; padding: 0 }
nav a { display: block; padding: .8rem 1.25rem; border-bottom: 1px solid var(--soft); color: inherit; text-decoration: none }
nav a:hover, nav a[aria-current] { background: var(--chosen) }
nav strong { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
.small { color: var(--quiet); font-size: .875rem; display: flex; justify-content: space-between; gap: .75rem }
.small span:first-child { overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
main { padding: 1.25rem; min-width: 0 }
main h2 { margin: 0 0 .5rem; font-size: 1.35rem }
dl { display: grid; grid-template-columns: auto 1fr; gap: .15rem .9rem; margin: 0 0 1rem; color: var(--quiet) }
dd { margin: 0; overflow-wrap: anywhere }
iframe { width: 100%; height: 72vh; border: 1px solid var(--soft); border-radius: 12px; background: #fff }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--paper); border: 1px solid var(--soft); border-radius: 12px; padding: 1.25rem; font: .95rem/1.6 ui-monospace, monospace }
.views { display: flex; gap: 1rem; margin: 0 0 .75rem }
.views a { color: var(--accent); padding: .4rem 0 }
.views a[aria-current] { font-weight: 650; text-decoration: none; color: var(--ink) }
.empty { padding: 3rem 1.25rem; text-align: center; color: var(--quiet) }
`

const when = (iso: string): string => new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso))
const query = (search: string): string => (search ? `?q=${encodeURIComponent(search)}` : '')

const shell = (title: string, search: string, body: Html): Html =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${style}
        </style>
      </head>
      <body>
        <p class="banner" role="note">Every letter that the demonstration sends ends here. Nothing leaves this machine.</p>
        <header>
          <h1><a href="/">Mail inbox</a></h1>
          <form role="search">
            <label for="q" class="small" style="align-self:center">Recipient or subject</label
            ><input id="q" type="search" name="q" value="${search}" /><button>Search</button>
          </form>
        </header>
        ${body}
      </body>
    </html>`

const list = (letters: InboxLetter[], search: string, chosen?: string): Html =>
  letters.length === 0
    ? html`<p class="empty">
        ${search ? 'No letter fits this search.' : 'No letters yet. Buy a licence, invite somebody or ask for a new password, and look again.'}
      </p>`
    : html`<ol>
        ${letters.map(
          (letter) =>
            html`<li>
              <a href="/letters/${letter.id}${query(search)}" ${letter.id === chosen ? html` aria-current="page"` : ''}>
                <span class="small"><span>${letter.to.join(', ')}</span><time datetime="${letter.at}">${when(letter.at)}</time></span
                ><strong>${letter.subject}</strong></a
              >
            </li>`,
        )}
      </ol>`

/** The list of letters, newest first. */
export const listPage = (letters: InboxLetter[], search: string): Html =>
  shell(
    'Mail inbox',
    search,
    html`<div class="board">
      <nav aria-label="Letters">${list(letters, search)}</nav>
      <main><p class="empty">Choose a letter to read it.</p></main>
    </div>`,
  )

/** One letter, as it was designed or as plain text. */
export const letterPage = (letter: InboxLetter, letters: InboxLetter[], search: string, view: 'html' | 'text'): Html =>
  shell(
    letter.subject,
    search,
    html`<div class="board">
      <nav aria-label="Letters">${list(letters, search, letter.id)}</nav>
      <main>
        <h2>${letter.subject}</h2>
        <dl>
          <dt>From</dt>
          <dd>${letter.from}</dd>
          <dt>To</dt>
          <dd>${letter.to.join(', ')}</dd>
          <dt>Sent</dt>
          <dd><time datetime="${letter.at}">${when(letter.at)}</time></dd>
        </dl>
        <p class="views">
          <a href="/letters/${letter.id}" ${view === 'html' ? html` aria-current="page"` : ''}>As designed</a
          ><a href="/letters/${letter.id}?view=text" ${view === 'text' ? html` aria-current="page"` : ''}>Plain text</a
          ><a href="/letters/${letter.id}/source">Source (.eml)</a>
        </p>
        ${view === 'html' && letter.html ? html`<iframe title="The letter" sandbox="allow-popups allow-popups-to-escape-sandbox" src="/letters/${letter.id}/body"></iframe>` : html`<pre>${letter.text}</pre>`}
      </main>
    </div>`,
  )
