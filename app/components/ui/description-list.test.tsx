import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { DescriptionList } from './description-list.tsx'

test('a fact that shows nothing has no line', () => {
  const none: string[] = []
  const facts = [
    { term: 'Live', detail: none.length > 0 && 'since today' },
    { term: 'Note', detail: '' },
    { term: 'By', detail: null },
    { term: 'Copies', detail: 0 },
  ]
  expect(renderToStaticMarkup(<DescriptionList facts={facts} />)).toBe('<dl class="facts"><div><dt>Copies</dt><dd>0</dd></div></dl>')
})
