/** The initials of a person, drawn and not written: the name itself stands beside it or is given as label. */
export function Avatar({ name, label }: { name: string; label?: string }) {
  const words = name.trim().split(/\s+/)
  const initials = [words[0], words.length > 1 ? words.at(-1) : ''].map((word) => [...(word ?? '')][0] ?? '').join('')
  return (
    <span
      className="avatar"
      data-initials={initials.toUpperCase()}
      {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
    />
  )
}
