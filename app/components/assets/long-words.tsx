/** What is longer than this is folded: whole licences stand in some files. */
const longest = 280

/** What a file says, in its own lines; the end of what is long is folded away. */
export function LongWords({ children }: { children: string }) {
  if (children.length <= longest) return <span className="pre-line">{children}</span>
  const space = children.lastIndexOf(' ', longest - 40)
  const at = space > longest / 2 ? space : longest - 40
  return (
    <details className="long-words">
      <summary>{children.slice(0, at)}…</summary>
      <span className="pre-line">…{children.slice(at)}</span>
    </details>
  )
}
