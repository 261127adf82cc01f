import { getFormProps, useForm, type SubmissionResult } from '@conform-to/react'
import { getZodConstraint, parseWithZod } from '@conform-to/zod/v4'
import { Form } from '@remix-run/react'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { FormErrors } from '#app/components/ui/fieldset.tsx'
import { Cluster, Stack } from '#app/components/ui/layout.tsx'
import { Select } from '#app/components/ui/select.tsx'
import { TextArea, TextField } from '#app/components/ui/text-field.tsx'
import { createKitInput, editKitInput } from '#services/catalog/schema.ts'

type Last = { lastResult: SubmissionResult<string[]> | undefined }

/** The first two lines of a kit; the rest is added on its own page. */
export function NewKitForm({ lastResult }: Last) {
  const [form, fields] = useForm({
    ...(lastResult && { lastResult }),
    constraint: getZodConstraint(createKitInput),
    onValidate: ({ formData }) => parseWithZod(formData, { schema: createKitInput }),
  })
  return (
    <Form method="post" {...getFormProps(form)}>
      <Stack gap="lg">
        <FormErrors errors={form.errors} />
        <TextField field={fields.title} label="Title" hint="What partners call it: “Spring campaign 2027”, “Logos”." />
        <TextArea field={fields.description} label="Description" optional hint="One or two sentences on the card in the portal." rows={3} />
        <Cluster>
          <SubmitButton>Begin the kit</SubmitButton>
        </Cluster>
      </Stack>
    </Form>
  )
}

interface EditProps extends Last {
  kit: {
    id: string
    title: string
    description: string
    guidance: string
    coverAssetId: string | null
    items: readonly { assetId: string; asset: { title: string } }[]
  }
}

/** The texts of a kit and its cover. */
export function EditKitForm({ kit, lastResult }: EditProps) {
  const [form, fields] = useForm({
    ...(lastResult && { lastResult }),
    constraint: getZodConstraint(editKitInput),
    defaultValue: {
      kitId: kit.id,
      title: kit.title,
      description: kit.description,
      guidance: kit.guidance,
      coverAssetId: kit.coverAssetId ?? '',
    },
    onValidate: ({ formData }) => parseWithZod(formData, { schema: editKitInput }),
  })
  return (
    <Form method="post" {...getFormProps(form)}>
      <Stack gap="lg">
        <FormErrors errors={form.errors} />
        <input type="hidden" name="kitId" value={kit.id} />
        <TextField field={fields.title} label="Title" />
        <TextArea field={fields.description} label="Description" optional rows={3} />
        <TextArea
          field={fields.guidance}
          label="How to use it"
          optional
          hint="Shown beside the files. An empty line begins a new paragraph."
          rows={8}
        />
        <Select
          field={fields.coverAssetId}
          label="Cover"
          optional
          placeholder="The first file"
          options={kit.items.map(({ assetId, asset }) => ({ value: assetId, label: asset.title }))}
        />
        <Cluster>
          <SubmitButton>Save</SubmitButton>
        </Cluster>
      </Stack>
    </Form>
  )
}
