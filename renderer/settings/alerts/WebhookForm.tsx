import { type FormEvent, useId, useState } from "react";
import { type Webhook, type WebhookDraft, webhookFormatSchema } from "../../../app/settings/sink-settings.ts";
import type { UiError } from "../../bridge/ui-bridge.ts";
import { useAppStore } from "../../store/context.tsx";
import { classNames } from "../../theme/class-names.ts";
import { Button } from "../../ui/Button.tsx";
import { CodeInput } from "../../ui/CodeInput.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { errorWords } from "../../ui/error-words.ts";
import { Field } from "../../ui/Field.tsx";
import { Select } from "../../ui/Select.tsx";
import { useWords } from "../../words.tsx";
import styles from "./alert-places.module.css";

const c = classNames(styles);

type AddressFrom = WebhookDraft["address"]["type"];

interface WebhookFormProps {
  /** Null for a new one. */
  readonly webhook: Webhook | null;
  readonly onClose: () => void;
}

/** Where a webhook posts to, and in which shape. Its address is a secret: it is typed in and never shown again. */
export function WebhookForm({ webhook, onClose }: WebhookFormProps) {
  const { t } = useWords();
  const { bridge } = useAppStore();
  const formId = useId();
  const [format, setFormat] = useState<Webhook["format"]>(webhook?.format ?? "ntfy");
  const [label, setLabel] = useState(webhook?.label ?? "");
  const [from, setFrom] = useState<AddressFrom>(
    webhook === null ? "secret" : webhook.address.type === "env" ? "env" : "keep",
  );
  const [url, setUrl] = useState("");
  const [variable, setVariable] = useState(webhook?.address.type === "env" ? webhook.address.name : "");
  const [token, setToken] = useState("");
  const [dropToken, setDropToken] = useState(false);
  const [error, setError] = useState<UiError | null>(null);
  const [saving, setSaving] = useState(false);

  function address(): WebhookDraft["address"] {
    switch (from) {
      case "secret":
        return { type: "secret", url: url.trim() };
      case "env":
        return { type: "env", name: variable.trim() };
      case "keep":
        return { type: "keep" };
    }
  }

  function tokenInput(): WebhookDraft["token"] {
    if (token.trim() !== "") return { type: "secret", secret: token.trim() };
    return webhook?.hasToken === true && !dropToken ? { type: "keep" } : { type: "none" };
  }

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    setSaving(true);
    // By the bridge itself: what is wrong is told in the form.
    const result = await bridge.call("sinks.save", {
      id: webhook?.id ?? null,
      label: label.trim() === "" ? t(`webhook.format.${format}`) : label.trim(),
      enabled: webhook?.enabled ?? true,
      format,
      address: address(),
      token: tokenInput(),
    });
    setSaving(false);
    if (result.ok) onClose();
    else setError(result.error);
  }

  const words = error === null ? null : errorWords(error, t);
  const problem = words === null ? null : `${words.title}. ${words.next}`;
  // Where there is a field for it, it is told there.
  const aboutAddress =
    error !== null &&
    from !== "keep" &&
    ["invalid-address", "key-required", "plain-http-needs-consent"].includes(error.code);
  return (
    <Dialog
      title={t(webhook === null ? "webhook.new" : "webhook.edit")}
      onCancel={onClose}
      footer={
        <>
          <Button variant="plain" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button variant="primary" type="submit" form={formId} waiting={saving}>
            {t("action.save")}
          </Button>
        </>
      }
    >
      <form id={formId} className={c("form")} onSubmit={(event) => void save(event)} noValidate>
        <Field label={t("webhook.format")} hint={t(`webhook.format-hint.${format}`)}>
          {(control) => (
            <Select
              {...control}
              value={format}
              onChange={({ target }) =>
                setFormat(webhookFormatSchema.options.find((option) => option === target.value) ?? "json")
              }
            >
              {webhookFormatSchema.options.map((option) => (
                <option key={option} value={option}>
                  {t(`webhook.format.${option}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={t("webhook.address-from")}>
          {(control) => (
            <Select
              {...control}
              value={from}
              onChange={({ target }) => {
                setFrom(target.value === "env" ? "env" : target.value === "keep" ? "keep" : "secret");
                setError(null);
              }}
            >
              {webhook?.address.type === "vault" && (
                <option value="keep">{t("webhook.address-keep", { origin: webhook.origin })}</option>
              )}
              <option value="secret">{t("webhook.address-secret")}</option>
              <option value="env">{t("webhook.address-env")}</option>
            </Select>
          )}
        </Field>
        {from === "secret" && (
          <Field label={t("webhook.address")} hint={t("webhook.address-hint")} problem={aboutAddress ? problem : null}>
            {(control) => (
              <CodeInput
                {...control}
                type="password"
                placeholder={t(`webhook.example.${format}`)}
                value={url}
                onChange={({ target }) => {
                  setUrl(target.value);
                  setError(null);
                }}
              />
            )}
          </Field>
        )}
        {from === "env" && (
          <Field label={t("webhook.variable")} problem={aboutAddress ? problem : null}>
            {(control) => (
              <CodeInput
                {...control}
                placeholder="PLIMSOLL_WEBHOOK"
                value={variable}
                onChange={({ target }) => {
                  setVariable(target.value);
                  setError(null);
                }}
              />
            )}
          </Field>
        )}
        {(format === "json" || format === "ntfy") && (
          <>
            <Field
              label={t("webhook.token")}
              hint={t(webhook?.hasToken === true ? "webhook.token-kept" : "webhook.token-hint")}
            >
              {(control) => (
                <CodeInput
                  {...control}
                  type="password"
                  value={token}
                  onChange={({ target }) => setToken(target.value)}
                />
              )}
            </Field>
            {webhook?.hasToken === true && token === "" && (
              <label className={c("check")}>
                <input type="checkbox" checked={dropToken} onChange={({ target }) => setDropToken(target.checked)} />
                <span>{t("webhook.token-drop")}</span>
              </label>
            )}
          </>
        )}
        <Field label={t("webhook.name")}>
          {(control) => (
            <input
              {...control}
              autoComplete="off"
              maxLength={80}
              placeholder={t(`webhook.format.${format}`)}
              value={label}
              onChange={({ target }) => setLabel(target.value)}
            />
          )}
        </Field>
        {problem !== null && !aboutAddress && (
          <p className={c("problem")} role="alert">
            {problem}
          </p>
        )}
      </form>
    </Dialog>
  );
}
