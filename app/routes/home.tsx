import { titled } from '#app/components/shell/title.ts'
import { Page } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'

export const meta = () => titled('Pictures with their rights attached')

export default function Home() {
  return (
    <Page>
      <PageHeader title="Pictures with their rights attached" />
    </Page>
  )
}
