import { useId } from "react";
import type { KindInfo } from "../../../app/contract/contract.ts";
import { classNames } from "../../theme/class-names.ts";
import { Field } from "../../ui/Field.tsx";
import { Select } from "../../ui/Select.tsx";
import { useWords } from "../../words.tsx";
import { placesOf, withAddress, withKind } from "./draft.ts";
import { fieldProblem } from "./field-problem.ts";
import styles from "./gateway-form.module.css";
import { NameField } from "./NameField.tsx";
import { NotListed } from "./NotListed.tsx";
import { OptionFields } from "./OptionFields.tsx";
import { PlainHttpConsent } from "./PlainHttpConsent.tsx";
import type { GatewayFormModel } from "./use-gateway-form.ts";

const c = classNames(styles);

interface ConnectionFieldsProps {
  readonly form: GatewayFormModel;
  readonly kinds: readonly KindInfo[];
}

/** Name, kind and address, the kind's own options, and the consent to plain http once it is needed. */
export function ConnectionFields({ form, kinds }: ConnectionFieldsProps) {
  const { t } = useWords();
  const placesId = useId();
  const aboutId = useId();
  const { values, set, error } = form;
  const kind = kinds.find((other) => other.id === values.kind);
  const places = kind === undefined ? [] : placesOf(kind);
  return (
    <>
      <div className={c("pair")}>
        <Field
          label={t("form.kind")}
          hint={kind === undefined ? t("form.kind-unknown", { kind: values.kind }) : undefined}
        >
          {(control) => (
            <Select
              {...control}
              aria-describedby={kind === undefined ? control["aria-describedby"] : aboutId}
              value={values.kind}
              onChange={(event) => set(withKind(values, event.target.value, kinds))}
            >
              {kind === undefined && <option value={values.kind}>{values.kind}</option>}
              {(["gateway", "provider"] as const).map((group) => {
                const members = kinds
                  .filter((other) => other.group === group)
                  .toSorted((one, other) => one.name.localeCompare(other.name));
                return (
                  members.length > 0 && (
                    <optgroup key={group} label={t(`form.group-${group}`)}>
                      {members.map(({ id, name }) => (
                        <option key={id} value={id}>
                          {name}
                        </option>
                      ))}
                    </optgroup>
                  )
                );
              })}
            </Select>
          )}
        </Field>
        <NameField form={form} />
      </div>
      {kind !== undefined && (
        <p id={aboutId} className={c("about")}>
          {t("form.kind-reads", { reads: kind.reads, keyNote: kind.keyNote })}
        </p>
      )}
      <NotListed />
      <Field
        label={t("form.address")}
        hint={
          places.length > 1
            ? t("form.address-places", { places: places.map((place) => new URL(place).host).join(", ") })
            : t("form.address-hint")
        }
        problem={fieldProblem(error, "address", t)}
      >
        {(control) => (
          <input
            {...control}
            data-first
            type="url"
            inputMode="url"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            maxLength={2048}
            placeholder={kind?.defaultBaseUrl ?? t("form.address-example")}
            list={places.length > 1 ? placesId : undefined}
            value={values.baseUrl}
            onChange={(event) => set(withAddress(values, event.target.value))}
          />
        )}
      </Field>
      {places.length > 1 && (
        <datalist id={placesId}>
          {places.map((place) => (
            <option key={place} value={place} />
          ))}
        </datalist>
      )}
      {form.needsConsent && (
        <PlainHttpConsent
          checked={values.allowPlainHttp}
          onChange={(allowPlainHttp) => set({ ...values, allowPlainHttp })}
        />
      )}
      {kind !== undefined && <OptionFields form={form} kind={kind} />}
    </>
  );
}
