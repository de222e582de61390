import { useTranslation } from "react-i18next";
import { Button } from "../../ui/button";
import { useToast } from "../../ui/toast";

type SecretProps = { title: string; body: string; value: string; onDone: () => void };

/** Something that is shown once: to be copied now, gone afterwards. */
export function Secret({ title, body, value, onDone }: SecretProps) {
  const { t } = useTranslation();
  const toast = useToast();
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    toast(t("common.copied"));
  };
  return (
    <section className="card secret" role="status">
      <h2>{title}</h2>
      <p className="quiet">{body}</p>
      <code className="secret-value">{value}</code>
      <div className="row">
        <Button tone="accent" onClick={() => void copy()}>
          {t("common.copy")}
        </Button>
        <Button tone="quiet" onClick={onDone}>
          {t("common.done")}
        </Button>
      </div>
    </section>
  );
}
