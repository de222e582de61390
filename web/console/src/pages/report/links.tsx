import { paths } from "../../routes";

type Props = { label: string; conversations: string[] };

/** The newest conversations behind something that was found. */
export function Links({ label, conversations }: Props) {
  if (conversations.length === 0) return null;
  return (
    <details className="examples">
      <summary>{label}</summary>
      <ul className="plain">
        {conversations.map((id) => (
          <li key={id}>
            <a className="mono" href={paths.conversation(id)}>
              {id}
            </a>
          </li>
        ))}
      </ul>
    </details>
  );
}
