/** The look of the hosted page: calm, readable, and never to be taken for Stripe's. */
export const style = `
:root { color-scheme: light dark; --ink: #1b2430; --quiet: #55606f; --paper: #ffffff; --ground: #f3f4f1; --line: #8a939f; --soft: #e2e5e0; --accent: #1f5f4a; --on-accent: #fff; --bad: #a3241c; --bad-ground: #fdeeec; --note: #fff6dc; --note-ink: #5b4300 }
@media (prefers-color-scheme: dark) { :root { --ink: #e9ecef; --quiet: #a9b2bd; --paper: #1c222a; --ground: #13171c; --line: #77818d; --soft: #2c343e; --accent: #7fd0b3; --on-accent: #0c1f18; --bad: #ffb1a8; --bad-ground: #3a1d1a; --note: #3a3013; --note-ink: #ffe3a1 } }
* { box-sizing: border-box }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Liberation Sans", sans-serif }
.banner { margin: 0; padding: .7rem 1rem; background: var(--note); color: var(--note-ink); text-align: center; font-weight: 600 }
main { max-width: 62rem; margin: 0 auto; padding: 2rem 1rem 4rem; display: grid; gap: 1.5rem }
@media (min-width: 52rem) { main.two { grid-template-columns: 5fr 6fr; align-items: start } }
main.one { max-width: 34rem }
section { background: var(--paper); border: 1px solid var(--soft); border-radius: 12px; padding: 1.5rem }
h1 { font-size: 1.05rem; font-weight: 600; margin: 0 0 .25rem; color: var(--quiet) }
h2 { font-size: 1.05rem; margin: 0 0 1rem }
.total { font-size: 2.1rem; font-weight: 650; margin: 0 0 1.25rem; font-variant-numeric: tabular-nums }
ul.lines { list-style: none; margin: 0; padding: 0 }
ul.lines li { display: flex; justify-content: space-between; gap: 1rem; padding: .65rem 0; border-top: 1px solid var(--soft) }
ul.lines li span:last-child { font-variant-numeric: tabular-nums; white-space: nowrap }
ul.lines li.sum { font-weight: 650 }
label { display: block; font-weight: 600; margin: 0 0 .3rem }
.field { margin: 0 0 1rem }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem }
input, select { width: 100%; min-height: 44px; font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--line); border-radius: 8px; padding: .5rem .7rem }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
button, .button { display: inline-block; width: 100%; min-height: 48px; font: inherit; font-weight: 650; text-align: center; text-decoration: none; border-radius: 8px; border: 1px solid var(--accent); background: var(--accent); color: var(--on-accent); padding: .65rem 1rem; cursor: pointer }
.second { background: transparent; color: var(--ink); border-color: var(--line); margin-top: .75rem }
.error { background: var(--bad-ground); color: var(--bad); border: 1px solid currentColor; border-radius: 8px; padding: .75rem 1rem; margin: 0 0 1rem }
.hint { color: var(--bad); font-size: .9rem; margin: .3rem 0 0 }
details { margin-top: 1.5rem; border-top: 1px solid var(--soft); padding-top: 1rem }
summary { cursor: pointer; font-weight: 600; min-height: 28px }
.cards { list-style: none; margin: .75rem 0 0; padding: 0; display: grid; gap: .35rem }
.cards a { display: flex; align-items: center; justify-content: space-between; gap: 1rem; padding: .5rem .7rem; min-height: 40px; border: 1px solid var(--soft); border-radius: 8px; color: inherit; text-decoration: none }
.cards a:hover { border-color: var(--accent) }
.cards code { font-size: .9rem; white-space: nowrap }
p.quiet { color: var(--quiet) }
`
