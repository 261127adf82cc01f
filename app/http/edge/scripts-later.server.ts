/**
 * Scripts wait until the page is painted. All of ours are fetched at once, and on a telephone's line they would share it
 * with the styles, the letters and the one picture that somebody came for; a page can be read, searched and bought from
 * without them. They come when the page has loaded, after two and a half seconds at the latest, or at the first touch. What
 * is pressed or chosen until then is kept for them (`early-acts`).
 */
const starter = (code: string): string =>
  `{let s=document.currentScript,begun,begin=()=>{if(begun)return;begun=1;for(let l of document.querySelectorAll('link[rel=later]'))l.rel='modulepreload';` +
  `let m=document.createElement('script');m.type='module';m.nonce=s.nonce;m.textContent=${JSON.stringify(code).replaceAll('<', '\\u003c')};document.head.append(m);m.remove()};` +
  `if(document.readyState==='complete')begin();else addEventListener('load',()=>setTimeout(begin),{once:true});setTimeout(begin,2500);` +
  `for(let e of ['pointerdown','keydown','focusin'])addEventListener(e,begin,{once:true,capture:true});` +
  `let acts=[],kept=['click','change'],keep=e=>acts.push(e);for(let e of kept)addEventListener(e,keep,true);` +
  `window.earlyActs=()=>{for(let e of kept)removeEventListener(e,keep,true);return acts}}`

const script = /<script([^>]*) type="module" async="">([\s\S]*?)<\/script>/
const preload = '<link rel="modulepreload"'

/** The same document in pieces, whose module scripts start later. They stand at its end, from the first preload on: only that is read. */
export function scriptsLater(html: string): string[] {
  const from = html.indexOf(preload)
  const end = html.slice(from)
  if (from < 0 || !script.test(end)) return [html]
  const later = end
    .replaceAll(preload, '<link rel="later"')
    .replace(script, (_all, attributes: string, code: string) => `<script${attributes} async="">${starter(code)}</script>`)
  return [html.slice(0, from), later]
}
