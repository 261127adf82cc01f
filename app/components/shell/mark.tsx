/** The house's mark: a printer's registration mark, by which one sees that the plates lie true. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth={1.5} aria-hidden="true" focusable="false">
      <circle cx={12} cy={12} r={7.25} />
      <path d="M12 0.5V23.5M0.5 12H23.5" />
      <path className="mark-fill" d="M12 12V7.25A4.75 4.75 0 0 1 16.75 12ZM12 12V16.75A4.75 4.75 0 0 1 7.25 12Z" stroke="none" />
    </svg>
  )
}
