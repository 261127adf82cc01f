import { Icon } from '../ui/icon.tsx'
import { Button } from '../ui/button.tsx'

/** The large search field of the home and results pages; stands in a GET form. */
export function SearchField({
  defaultValue,
  placeholder = 'What should the picture show?',
}: {
  defaultValue?: string
  placeholder?: string
}) {
  return (
    <div className="search-field">
      <Icon name="search" />
      <input
        key={defaultValue}
        className="input"
        type="search"
        name="q"
        aria-label="Search pictures"
        defaultValue={defaultValue}
        placeholder={placeholder}
        maxLength={500}
        autoComplete="off"
        enterKeyHint="search"
      />
      <Button type="submit" tone="primary">
        Search
      </Button>
    </div>
  )
}
