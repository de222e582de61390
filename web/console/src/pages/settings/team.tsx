import type { Agent, AgentDraft, Queue, Role } from "@segue/client";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api";
import { useAction, useLoad } from "../../lib/hooks";
import { useMe } from "../../session";
import { PageFrame } from "../../shell/shell";
import { Permitted } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Choice, Field, readList } from "../../ui/field";
import { Tag } from "../../ui/marks";
import { Await, Empty } from "../../ui/states";
import { Secret } from "./secret";

const ROLES: readonly Role[] = ["owner", "admin", "supervisor", "agent", "analyst"];

type Editing = { kind: "closed" } | { kind: "invite" } | { kind: "change"; agent: Agent };

export function Team() {
  const { t } = useTranslation();
  const me = useMe();
  const { loaded, reload } = useLoad(() => api.agents(), []);
  const { loaded: queues } = useLoad(() => api.queues(), []);
  const [editing, setEditing] = useState<Editing>({ kind: "closed" });
  const [standing, setStanding] = useState<Agent | null>(null);
  const [link, setLink] = useState<{ name: string; url: string } | null>(null);
  const all = queues.status === "ready" ? queues.data : [];
  const done = () => {
    setEditing({ kind: "closed" });
    reload();
  };
  return (
    <PageFrame
      title={t("rail.team")}
      lead={t("team.lead")}
      actions={
        <Permitted
          allowed={me.allowed}
          action="manage_agents"
          tone="accent"
          icon="plus"
          onClick={() => setEditing({ kind: "invite" })}
        >
          {t("team.invite")}
        </Permitted>
      }
    >
      {link && (
        <Secret
          title={t("team.link_title", { name: link.name })}
          body={t("team.link_body")}
          value={link.url}
          onDone={() => setLink(null)}
        />
      )}
      <Await loaded={loaded} reload={reload}>
        {(agents) =>
          agents.length === 0 ? (
            <Empty icon="team" title={t("team.empty")} />
          ) : (
            <AgentTable
              agents={agents}
              queues={all}
              onChange={(agent) => setEditing({ kind: "change", agent })}
              onStanding={setStanding}
            />
          )
        }
      </Await>
      {editing.kind !== "closed" && (
        <AgentDialog
          agent={editing.kind === "change" ? editing.agent : null}
          queues={all}
          onClose={() => setEditing({ kind: "closed" })}
          onDone={done}
          onInvited={(name, url) => setLink({ name, url })}
        />
      )}
      {standing && (
        <StandingDialog
          agent={standing}
          onClose={() => setStanding(null)}
          onDone={() => {
            setStanding(null);
            reload();
          }}
        />
      )}
    </PageFrame>
  );
}

function AgentTable({
  agents,
  queues,
  onChange,
  onStanding,
}: {
  agents: Agent[];
  queues: Queue[];
  onChange: (agent: Agent) => void;
  /** Deactivate or reactivate, whichever it is not. */
  onStanding: (agent: Agent) => void;
}) {
  const { t } = useTranslation();
  const me = useMe();
  const queueName = (key: string) => queues.find((queue) => queue.key === key)?.name ?? key;
  return (
    <div className="card table-scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">{t("team.name")}</th>
            <th scope="col">{t("team.role")}</th>
            <th scope="col">{t("team.queues")}</th>
            <th scope="col">{t("team.skills")}</th>
            <th scope="col" className="number">
              {t("team.capacity")}
            </th>
            <th scope="col">
              <span className="sr-only">{t("common.change")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {agents.map((agent) => (
            <tr key={agent.id}>
              <td>
                <strong>{agent.name}</strong>
                <br />
                <span className="quiet">{agent.email}</span>
              </td>
              <td>
                {t(`role.${agent.role}`)}
                <br />
                <Standing agent={agent} />
              </td>
              <td>{agent.queues.map(queueName).join(", ")}</td>
              <td>{agent.skills.join(", ")}</td>
              <td className="number">{agent.capacity}</td>
              <td>
                <Permitted
                  allowed={me.allowed}
                  action="manage_agents"
                  aria-label={t("team.change", { name: agent.name })}
                  onClick={() => onChange(agent)}
                >
                  {t("common.change")}
                </Permitted>{" "}
                <Permitted
                  allowed={me.allowed}
                  action="manage_agents"
                  tone={agent.is_active ? "danger" : "plain"}
                  aria-label={
                    agent.is_active
                      ? t("team.deactivate_name", { name: agent.name })
                      : t("team.reactivate_name", { name: agent.name })
                  }
                  onClick={() => onStanding(agent)}
                >
                  {agent.is_active ? t("team.deactivate") : t("team.reactivate")}
                </Permitted>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Whether they work here, have not come yet, or are there. */
function Standing({ agent }: { agent: Agent }) {
  const { t } = useTranslation();
  if (!agent.is_active) return <Tag>{t("team.inactive")}</Tag>;
  return (
    <span className="quiet">
      {agent.is_invited ? t("team.invited") : t(`presence.${agent.presence}`)}
    </span>
  );
}

function StandingDialog({
  agent,
  onClose,
  onDone,
}: {
  agent: Agent;
  onClose: () => void;
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const { name, is_active } = agent;
  const { isBusy, error, run } = useAction();
  const change = async () => {
    if (await run(() => api.changeAgent(agent.id, { is_active: !is_active }))) onDone();
  };
  return (
    <Dialog
      title={is_active ? t("team.deactivate_name", { name }) : t("team.reactivate_name", { name })}
      confirm={is_active ? t("team.deactivate") : t("team.reactivate")}
      confirmTone={is_active ? "danger" : "accent"}
      isBusy={isBusy}
      error={error}
      onConfirm={() => void change()}
      onClose={onClose}
    >
      <p>{is_active ? t("team.deactivate_body", { name }) : t("team.reactivate_body", { name })}</p>
    </Dialog>
  );
}

type AgentForm = Omit<AgentDraft, "skills" | "capacity"> & { skills: string; capacity: string };

const NEW: AgentForm = {
  name: "",
  email: "",
  role: "agent",
  skills: "",
  queues: [],
  capacity: "3",
};

type AgentDialogProps = {
  agent: Agent | null;
  queues: Queue[];
  onClose: () => void;
  onDone: () => void;
  onInvited: (name: string, url: string) => void;
};

function AgentDialog({ agent, queues, onClose, onDone, onInvited }: AgentDialogProps) {
  const { t } = useTranslation();
  const [form, setForm] = useState<AgentForm>(
    agent === null
      ? NEW
      : {
          name: agent.name,
          email: agent.email,
          role: agent.role,
          skills: agent.skills.join(", "),
          queues: agent.queues,
          capacity: String(agent.capacity),
        },
  );
  const { isBusy, error, run } = useAction();
  const save = async () => {
    const draft: AgentDraft = {
      ...form,
      skills: readList(form.skills),
      capacity: Number.parseInt(form.capacity, 10),
    };
    const isDone = await run(async () => {
      if (agent === null) {
        const { agent: invited, invitation_link } = await api.invite(draft);
        if (invitation_link !== undefined) onInvited(invited.name, invitation_link);
      } else {
        const { email: _, ...change } = draft;
        await api.changeAgent(agent.id, change);
      }
    });
    if (isDone) onDone();
  };
  const toggle = (key: string) =>
    setForm({
      ...form,
      queues: form.queues.includes(key)
        ? form.queues.filter((one) => one !== key)
        : [...form.queues, key],
    });
  return (
    <Dialog
      title={agent === null ? t("team.invite") : t("team.change", { name: agent.name })}
      confirm={agent === null ? t("team.invite_submit") : t("common.save")}
      isBusy={isBusy}
      error={error}
      onConfirm={() => void save()}
      onClose={onClose}
    >
      <div className="form-columns">
        <Field label={t("team.name")}>
          {(ids) => (
            <input
              {...ids}
              required
              value={form.name}
              onChange={(event) => setForm({ ...form, name: event.target.value })}
            />
          )}
        </Field>
        <Field label={t("doors.email")}>
          {(ids) => (
            <input
              {...ids}
              type="email"
              required
              disabled={agent !== null}
              value={form.email}
              onChange={(event) => setForm({ ...form, email: event.target.value })}
            />
          )}
        </Field>
        <Field label={t("team.capacity")} hint={t("team.capacity_hint")}>
          {(ids) => (
            <input
              {...ids}
              type="number"
              min="0"
              max="20"
              required
              value={form.capacity}
              onChange={(event) => setForm({ ...form, capacity: event.target.value })}
            />
          )}
        </Field>
        <Field label={t("team.skills")} hint={t("team.skills_hint")}>
          {(ids) => (
            <input
              {...ids}
              value={form.skills}
              onChange={(event) => setForm({ ...form, skills: event.target.value })}
            />
          )}
        </Field>
      </div>
      <Choice
        legend={t("team.role")}
        options={ROLES.map((value) => ({
          value,
          label: t(`role.${value}`),
          detail: t(`role_detail.${value}`),
        }))}
        value={form.role}
        onChange={(role) => setForm({ ...form, role })}
      />
      <fieldset className="choice">
        <legend>{t("team.queues")}</legend>
        <div className="checks">
          {queues.map((queue) => (
            <label key={queue.key} className="check">
              <input
                type="checkbox"
                checked={form.queues.includes(queue.key)}
                onChange={() => toggle(queue.key)}
              />
              {queue.name}
            </label>
          ))}
        </div>
      </fieldset>
    </Dialog>
  );
}
