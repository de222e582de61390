#!/usr/bin/env bash
# An outside assistant in curl: it asks Segue for a verdict on every turn.
#   SEGUE=http://127.0.0.1:8080 KEY=$(segue key create --data DIR --name bot --scope turn:write --scope conv:read) ./assistant.sh
set -euo pipefail
call() { curl -sS -X "$1" "$SEGUE/v1$2" -H "Authorization: Bearer $KEY" -H 'Content-Type: application/json' "${@:3}"; }
field() { python3 -c "import json,sys; print(json.load(sys.stdin)$1)"; }

conversation=$(call POST /conversations -d '{"customer":{"email":"alex@shop.example"}}' | field "['id']")
while IFS= read -r question; do
  asked=$(call POST "/conversations/$conversation/turns" -d "$(python3 -c 'import json,sys; print(json.dumps({"role":"customer","text":sys.argv[1]}))' "$question")")
  verdict=$(field "['verdict']['verdict']" <<<"$asked")
  echo "customer: $question → $verdict ($(field "['verdict']['rule']" <<<"$asked"))"
  [ "$verdict" = continue ] || continue          # a person has it, or the assistant should ask back
  answer='{"role":"assistant","text":"Open Settings > Billing and choose Update card.","confidence":0.91,"epoch":'$(field "['epoch']" <<<"$asked")'}'
  call POST "/conversations/$conversation/turns" -d "$answer" | field "['visible']" | sed 's/^/assistant: visible to the customer: /'
done <<'QUESTIONS'
How do I change the card on my account?
Thanks. And could I talk to a real person about my invoice?
QUESTIONS
