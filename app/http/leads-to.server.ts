import { redirect } from '@remix-run/node'

/**
 * The loader of an address that only takes forms: who opens it is led to the page that holds the form. What stands in the
 * address is written as addresses are: a header takes no other letters.
 */
export const leadsTo =
  (page: string) =>
  ({ params }: { params: Readonly<Record<string, string | undefined>> }): Response =>
    redirect(page.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? '')))
