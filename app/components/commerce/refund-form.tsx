import { Form } from '@remix-run/react'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { Checkbox } from '#app/components/ui/checkbox.tsx'
import { Fieldset } from '#app/components/ui/fieldset.tsx'
import { Stack } from '#app/components/ui/layout.tsx'
import { Select } from '#app/components/ui/select.tsx'
import { TextArea } from '#app/components/ui/text-field.tsx'
import { formatMoney, type Money } from '#services/kernel/money.ts'

interface RefundFormProps {
  orderId: string
  refundable: { whole: Money; lines: { id: string; title: string; amount: Money }[] }
}

/** Two decisions: how much goes back, and whether the licence goes with it. Neither has a default that could be overlooked. */
export function RefundForm({ orderId, refundable: { whole, lines } }: RefundFormProps) {
  return (
    <Form method="post" action={`/finance/orders/${orderId}/refund`}>
      <Stack>
        <Select
          name="lineId"
          label="What"
          options={[
            { value: '', label: `Everything that is left: ${formatMoney(whole)}` },
            ...(lines.length > 1 ? lines.map((line) => ({ value: line.id, label: `${line.title}: ${formatMoney(line.amount)}` })) : []),
          ]}
        />
        <Fieldset legend="And the licence?">
          <Checkbox
            type="radio"
            name="revokesLicence"
            value="yes"
            label="It ends with the refund"
            hint="Downloads stop, and the rights are free again."
            required
          />
          <Checkbox
            type="radio"
            name="revokesLicence"
            value="no"
            label="It stays in force"
            hint="A goodwill refund: the buyer may go on using the picture."
            required
          />
        </Fieldset>
        <TextArea name="reason" label="Why" hint="Kept in the audit trail and told to the buyer." required minLength={3} maxLength={500} />
        <SubmitButton tone="danger">Refund</SubmitButton>
      </Stack>
    </Form>
  )
}
