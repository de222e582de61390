/**
 * Generated from docs/openapi.json by `npm run generate -w client`; do not edit.
 */

export interface paths {
    "/errors/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a code means, what to check, what to do. */
        get: operations["read_error_page"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process lives. */
        get: operations["check_alive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The server can work: its store answers. */
        get: operations["check_ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/agents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everybody who works here, by name. */
        get: operations["list_agents"];
        put?: never;
        /** Invites an agent. The link is shown once. */
        post: operations["invite_agent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/agents/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Changes an agent; what is absent stays. */
        patch: operations["change_agent"];
        trace?: never;
    };
    "/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who did what to whom, newest first. */
        get: operations["list_audit_trail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Conversations, newest first. */
        get: operations["list_conversations"];
        put?: never;
        /**
         * Begins a conversation that the program's own assistant answers. The key may
         *     write to it and read it; other keys may not.
         */
        post: operations["open_conversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A conversation in full: for staff with everything, for the program that
         *     opened it with what everybody in it has seen.
         */
        get: operations["read_conversation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}/clear_flag": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A supervisor has looked. */
        post: operations["clear_flag"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}/drafts/{draft}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Turns a draft down. */
        post: operations["reject_draft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}/drafts/{draft}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sends a draft, as it is or edited. */
        post: operations["release_draft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}/end_review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends the review: the assistant answers by itself again. */
        post: operations["end_review"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happened after a version. */
        get: operations["list_entries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}/hand_back": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hands it back to the assistant, with a line to the customer and a brief. */
        post: operations["hand_back"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}/handoff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Asks for a person without words of the customer's. */
        post: operations["ask_for_handoff"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}/hint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a draft asks that the customer has said already. The draft is neither kept nor
         *     logged, and nothing about it changes anything: an agent may send it all the same.
         */
        post: operations["hint_draft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Adds a private note. */
        post: operations["add_note"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}/packet": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What whoever takes over needs to know. */
        get: operations["read_packet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}/packet/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The caller read the packet. */
        post: operations["mark_packet_read"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}/replies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Replies to the customer. Where no agent has the floor, this takes it. */
        post: operations["reply"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}/requeue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Returns it to its queue. */
        post: operations["requeue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends it. */
        post: operations["resolve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}/take": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes the floor. */
        post: operations["take"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}/transfer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Passes it to another team or person. What waits is moved by those who may reassign. */
        post: operations["transfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}/turns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Brings one turn, the customer's or the assistant's, and answers what follows.
         * @description An assistant's turn is fenced by the epoch it was made under: once the floor
         *     has passed, it is refused with `floor_lost`, kept for staff and never shown.
         *     While drafts are reviewed it is proposed, not said, and needs `draft:write` as well.
         */
        post: operations["add_turn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}/turns/{turn}/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why a turn was decided so: what fired, what nearly fired and by how much, what failed. */
        get: operations["explain_turn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Customers, by name. */
        get: operations["list_customers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reads customers with their facts from a CSV file. All of it, or nothing. */
        post: operations["import_customers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dashboard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The figures of a window that ends now. Each says its formula, and leads to
         *     its conversations.
         */
        get: operations["read_dashboard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invitations/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Chooses a password by an invitation, and signs in. */
        post: operations["accept_invitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The keys that are good, newest first. */
        get: operations["list_keys"];
        put?: never;
        /**
         * Makes a key. Its secret is shown once, and kept nowhere: a retry under the same
         *     `Idempotency-Key` is answered without it.
         */
        post: operations["create_key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Takes a key back, from the next request on. */
        delete: operations["revoke_key"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/knowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The latest version of every article and of the instructions, what the server was started
         *     with included.
         */
        get: operations["list_knowledge"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/knowledge/articles/{slug}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All versions of an article, newest first; 0 is what the server was started with. */
        get: operations["read_article"];
        /** Publishes a version of an article. The assistant answers from it at once. */
        put: operations["publish_article"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/knowledge/articles/{slug}/roll_back": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Goes back to an earlier version of an article, as a new one. */
        post: operations["roll_back_article"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/knowledge/articles/{slug}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes an article out of use; its text stays to be read, and it can be put in use again. */
        post: operations["withdraw_article"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/knowledge/instructions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All versions of the instructions that a model is given beside the articles, newest first. */
        get: operations["read_instructions"];
        /** Publishes a version of the instructions. A model is given them with its next question. */
        put: operations["publish_instructions"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/knowledge/instructions/roll_back": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Goes back to an earlier version of the instructions, as a new one. */
        post: operations["roll_back_instructions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/knowledge/instructions/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes the instructions out of use. */
        post: operations["withdraw_instructions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/learning": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the assistant had no answer to, put together by what customers asked, what costs most
         *     minutes first. `docs/LEARNING.md` says how.
         */
        get: operations["read_learning"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/learning/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What publishing an article would change: whether it answers the questions of a cluster,
         *     and whether it is found in the place of other articles. Changes nothing.
         */
        post: operations["check_article"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/learning/clusters/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One cluster, with its failures and what was done about it. */
        get: operations["read_failure_cluster"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/learning/clusters/{id}/proposal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A proposed article against a cluster, from what agents said in its conversations. Nothing
         *     is kept of it: it is there to be read, changed and published.
         */
        get: operations["propose_article"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/live/ticket": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A single-use ticket for a live socket, good for 30 s. */
        post: operations["create_live_ticket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller. */
        get: operations["read_me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/presence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Says whether the caller takes work; the live socket keeps it so. */
        put: operations["set_presence"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/metrics/breakdown": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The figures of a window by the values of one dimension, with n and interval. A row of
         *     fewer than 30 cases says so, and what it is ranked by is drawn towards the whole.
         */
        get: operations["read_breakdown"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/metrics/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The conversations behind a number, newest first. */
        get: operations["list_figure_conversations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/offers/{id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes what was offered. */
        post: operations["accept_offer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/offers/{id}/decline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says no to what was offered. */
        post: operations["decline_offer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The policy in force, with its history. */
        get: operations["read_policy"];
        /** Puts a policy in force from the next turn on. */
        put: operations["activate_policy"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The cases that policies are tried on; those that ship where the workspace has none. */
        get: operations["read_cases"];
        /** Keeps other cases. They must be well formed; whether they pass is another question. */
        put: operations["put_cases"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a policy says otherwise than another one, in sentences. */
        post: operations["diff_policy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy/lint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says what is wrong with a text, and what is odd. Changes nothing. */
        post: operations["lint_policy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy/proposals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Proposals, newest first. */
        get: operations["list_policy_proposals"];
        put?: never;
        /** Proposes a policy to those who may put it in force. */
        post: operations["propose_policy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy/proposals/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One proposal, with its text and the one it was made on. */
        get: operations["read_policy_proposal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy/proposals/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Puts a proposal in force. */
        post: operations["approve_policy_proposal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy/proposals/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says no to a proposal. */
        post: operations["reject_policy_proposal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy/proposals/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes one's own proposal back. */
        post: operations["withdraw_policy_proposal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Goes one step back: to the version that was in force before this one. */
        post: operations["roll_back_policy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy/schema": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The policy file as JSON Schema 2020-12, for editors. */
        get: operations["read_policy_schema"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Judges cases under a policy, as live turns would be. */
        post: operations["test_policy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy/trials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Trials, newest first. */
        get: operations["list_policy_trials"];
        put?: never;
        /** Begins to try a policy. */
        post: operations["try_policy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy/trials/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One trial, with the text that is tried. */
        get: operations["read_policy_trial"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy/trials/{id}/promote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends a trial and puts its version in force. */
        post: operations["promote_policy_trial"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy/trials/{id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends a trial; nothing comes of it. */
        post: operations["stop_policy_trial"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy/tune": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Which threshold to choose, from what people said of the assistant's answers, and what
         *     may be promised of it. Changes nothing.
         */
        post: operations["tune_policy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A version that is or was in force, with its text. Put in force again, it is the
         *     same version: one step back.
         */
        get: operations["read_policy_version"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy/what-if": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begins to decide the conversations of the last days again, under the policy in force and
         *     under this one. One at a time for each person: asking anew ends what was asked before.
         */
        post: operations["ask_what_if"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy/what-if/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far a replay is, and what came of it. */
        get: operations["read_what_if"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/queues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The queues. */
        get: operations["list_queues"];
        put?: never;
        /** Makes a queue. Its key is its natural key: making it again is refused. */
        post: operations["create_queue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/queues/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Changes a queue. */
        put: operations["change_queue"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/schedule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** When the report is sent, to whom, and how that goes. */
        get: operations["read_report_schedule"];
        /** Sends it at another time, to others, or not at all. */
        put: operations["put_report_schedule"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/weekly": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What one week of handoffs was: what changed, why, and three things to do about it. It is
         *     computed from the log as it stands now.
         */
        get: operations["read_weekly_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/weekly/send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sends the last whole week's report to the one who asks, as it will be sent to all. */
        post: operations["send_report_to_me"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Answers that wait for a judgement, drawn by chance among those on which the bands
         *     decided in the last 28 days: said ones, and ones that were held back.
         */
        get: operations["list_review"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/review/grades": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Keeps what somebody says of an answer. Said again, the later judgement stands. */
        post: operations["grade_answer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Signs in with a password. */
        post: operations["sign_in"];
        /** Signs out. */
        delete: operations["sign_out"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Signs in by a single-use link. */
        post: operations["sign_in_by_link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the server waits to be claimed. */
        get: operations["read_setup"];
        put?: never;
        /** Claims the server with the code that it printed, and signs its owner in. */
        post: operations["set_up"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/widget/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begins a conversation, or answers the one that is open. */
        post: operations["open_widget_conversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/widget/conversations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The conversation. */
        get: operations["read_widget_conversation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/widget/conversations/{id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says whether an answer helped. */
        post: operations["confirm_answer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/widget/conversations/{id}/contact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Leaves an address instead of waiting. */
        post: operations["leave_contact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/widget/conversations/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends the conversation. */
        post: operations["end_conversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/widget/conversations/{id}/person": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Asks for a person. */
        post: operations["ask_for_person"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/widget/conversations/{id}/rating": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Rates one part of the episode. */
        post: operations["rate_conversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/widget/conversations/{id}/turns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Writes a message. The same `client_id` adds it once. */
        post: operations["add_message"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/widget/conversations/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Would rather go on with the assistant. */
        post: operations["withdraw_request"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/widget/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A browser comes, or comes back: it gets a token, and learns what it left open. */
        post: operations["start_widget_session"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/widget/ticket": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A single-use ticket for a live socket, good for 30 s. */
        post: operations["create_widget_ticket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/wording/{locale}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All texts of one language. */
        get: operations["list_wording"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/wording/{locale}/{notice}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One text. */
        get: operations["read_wording"];
        /** Changes one text, from the next notice on. */
        put: operations["change_wording"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description What accepting did. */
        Accepted: {
            /** @description The conversation that is the caller's now. */
            conversation: string;
            /**
             * Format: int32
             * @description The epoch after it.
             */
            epoch: number;
            /**
             * Format: int64
             * @description The version of what was written.
             */
            version: number;
        };
        /** @description From the request to an agent, in seconds. */
        AcceptTime: {
            /**
             * Format: int32
             * @description How many were accepted.
             */
            n: number;
            /**
             * Format: double
             * @description The median over all who waited.
             */
            p50_s: number | null;
            /**
             * Format: double
             * @description The ninth decile.
             */
            p90_s: number | null;
        };
        /** @description Where a conversation stands after a write. */
        Acted: {
            /**
             * Format: int32
             * @description The epoch after it.
             */
            epoch: number;
            /**
             * Format: int64
             * @description The version of what was written.
             */
            version: number;
        };
        /** @description A policy to put in force. */
        ActivateBody: {
            /**
             * @description That it is to be put in force although the escalation rate will leave its band;
             *     then it is not taken back for that either.
             */
            accept_leaving_band?: boolean;
            /** @description Why, in 1 to 500 characters; kept with the version. Without one it is refused. */
            reason?: string | null;
            /** @description The file. */
            text: string;
            /** @description The version that was edited; refused if another one is in force by now. */
            version?: string | null;
        };
        /**
         * @description How a version came into force.
         * @enum {string}
         */
        ActivationKind: "activated" | "approved" | "promoted" | "rolled_back" | "halted_back";
        /** @description A change of an agent; what is absent stays. */
        AgentChange: {
            /**
             * Format: int32
             * @description How many conversations at once.
             */
            capacity?: number | null;
            /** @description The sign-in name; the same as before, it cannot be changed. */
            email?: string | null;
            /** @description Whether they may sign in. */
            is_active?: boolean | null;
            /** @description As customers read it. */
            name?: string | null;
            /** @description The queues they serve. */
            queues?: string[] | null;
            role?: components["schemas"]["Role"] | null;
            /** @description What they can handle. */
            skills?: string[] | null;
        };
        /** @description One person who works in the console. */
        AgentRow: {
            /**
             * Format: int32
             * @description How many conversations at once.
             */
            capacity: number;
            /** @description The sign-in name. */
            email: string;
            /** @description Who. */
            id: string;
            /** @description Whether they may sign in. */
            is_active: boolean;
            /** @description Whether the invitation has not been used yet. */
            is_invited: boolean;
            /** @description As customers read it. */
            name: string;
            /** @description Whether they are there. */
            presence: components["schemas"]["Presence"];
            /** @description The queues they serve. */
            queues: string[];
            /** @description What they may do. */
            role: components["schemas"]["Role"];
            /** @description What they can handle. */
            skills: string[];
        };
        /** @description Why a proposal is approved, or a trial promoted. */
        ApproveBody: {
            /**
             * @description That it is to be put in force although the escalation rate will leave its band;
             *     then it is not taken back for that either.
             */
            accept_leaving_band?: boolean;
            /** @description In 1 to 500 characters; kept. Without one it is refused. */
            reason?: string | null;
        };
        /** @description The article that an answer rests on. */
        Article: {
            /** @description Its short name. */
            slug: string;
            /** @description Its title. */
            title: string;
            /** @description Where it stands, from the root of the site. */
            url: string;
            /**
             * Format: int32
             * @description Which version of it, where it was taught.
             */
            version?: number | null;
        };
        /** @description An article to be published. */
        ArticleBody: {
            /** @description How customers ask for it. */
            asked?: string[];
            /**
             * Format: int32
             * @description The version that it was made on; 0 for a new article and for one the server was
             *     started with.
             */
            base: number;
            /** @description The Markdown. */
            body: string;
            /** @description The category, one word. */
            category: string;
            /** @description The cluster that it is to end. */
            cluster?: string | null;
            /** @description Whether the demo's history counts. */
            include_demo?: boolean;
            /** @description Why. */
            reason: string;
            /** @description Where its words come from. */
            sources?: components["schemas"]["ArticleSource"][];
            /** @description The title. */
            title: string;
        };
        /** @description Where a part of a text comes from. */
        ArticleSource: {
            /** @description The conversation. */
            conversation: string;
            /**
             * Format: int32
             * @description The turn.
             */
            turn: number;
        };
        /**
         * @description What the draft asks for.
         * @enum {string}
         */
        Asked: "concern" | "reference" | "email" | "error_code" | "amount" | "device" | "tried";
        /** @description The assistant. */
        AssistantCard: {
            /** @description Always true: the law asks that it is said. */
            is_ai: boolean;
            /** @description Its name. */
            name: string;
        };
        /**
         * @description Which assistant answers.
         * @enum {string}
         */
        AssistantKind: "builtin" | "external";
        /** @description One thing that was tried. */
        Attempt: {
            /** @description The article's slug, if it was one. */
            article?: string | null;
            /** @description How it went. */
            outcome: components["schemas"]["AttemptOutcome"];
            /**
             * Format: int32
             * @description The turn it stands in.
             */
            turn: number;
            /** @description Where the article stands, from the root of the site. */
            url?: string | null;
            /** @description What. */
            what: string;
        };
        /**
         * @description How an attempt went, as far as the customer said.
         * @enum {string}
         */
        AttemptOutcome: "rejected" | "confirmed" | "failed" | "unknown";
        /** @description Something that somebody did. */
        AuditRow: {
            /** @description What, as a stable word. */
            action: string;
            /** @description Who; `Segue` for what it does by itself; the operator at the command line, if absent. */
            actor?: string | null;
            /** @description When. */
            at: components["schemas"]["Instant"];
            /** @description To what. */
            subject: string;
        };
        /** @description Who wrote a turn. */
        Author: {
            /** @description Which agent; staff only, and customers who may know the name. */
            agent_id?: string | null;
            /** @description Whether a released draft was changed first. */
            is_edited?: boolean | null;
            /** @description The kind of party. */
            kind: components["schemas"]["AuthorKind"];
            /** @description As people read it. */
            name: string;
            notice?: components["schemas"]["Notice"] | null;
        };
        /**
         * @description The kind of author of a turn.
         * @enum {string}
         */
        AuthorKind: "customer" | "assistant" | "agent" | "agent_draft" | "system";
        /** @description Begins a conversation from a page. */
        BeginBody: {
            /** @description The language, as BCP 47; what the browser accepts otherwise. */
            locale?: string | null;
            /** @description The page. */
            page?: string | null;
        };
        /** @description Figures by the values of a dimension. */
        Breakdown: {
            /** @description The dimension. */
            by: components["schemas"]["BreakdownBy"];
            /**
             * Format: int32
             * @description How many rows were left out, because there are too many.
             */
            left_out: number;
            /**
             * @description What is counted in a row: `conversations`, or `handoffs` where the dimension is one
             *     of handoffs.
             */
            of: string;
            /**
             * @description The rows, most first, hours in order; a row of which the value is not known has an
             *     empty key.
             */
            rows: components["schemas"]["BreakdownRow"][];
            /** @description All rows together, those left out included. */
            total: components["schemas"]["BreakdownRow"];
        };
        /**
         * @description By what figures are grouped.
         * @enum {string}
         */
        BreakdownBy: "trigger" | "rule" | "queue" | "agent" | "policy" | "topic" | "language" | "channel" | "zone" | "hour";
        /** @description A duration of a row. */
        BreakdownDuration: {
            /** @description Whether too little was counted to say much. */
            is_small: boolean;
            /** @description The figure's id in `docs/METRICS.md`. */
            metric: string;
            /**
             * Format: int32
             * @description How many are known to their end.
             */
            n: number;
            /**
             * Format: double
             * @description The median in seconds.
             */
            p50_s: number | null;
            /**
             * Format: double
             * @description The ninth decile.
             */
            p90_s: number | null;
        };
        /** @description One value of a dimension. */
        BreakdownRow: {
            /**
             * Format: int32
             * @description How many conversations, or conversations with such a handoff.
             */
            conversations: number;
            /** @description The durations. */
            durations: components["schemas"]["BreakdownDuration"][];
            /**
             * Format: int32
             * @description How many handoffs.
             */
            handoffs: number;
            /** @description The value. */
            key: string;
            /** @description The value in words, where there are any; the key otherwise. */
            label: string;
            /** @description The shares; those that say nothing of the dimension are not there. */
            shares: components["schemas"]["BreakdownShare"][];
        };
        /** @description A share of a row. */
        BreakdownShare: {
            /**
             * Format: int32
             * @description Of how many.
             */
            denominator: number;
            /**
             * Format: double
             * @description The upper end.
             */
            hi: number | null;
            /** @description Whether too little was counted to say much. */
            is_small: boolean;
            /**
             * Format: double
             * @description The lower end of the 95 % Wilson interval.
             */
            lo: number | null;
            /** @description The figure's id in `docs/METRICS.md`. */
            metric: string;
            /**
             * Format: int32
             * @description How many count.
             */
            numerator: number;
            /**
             * Format: double
             * @description The value drawn towards the whole by 20 cases, to be ranked by: a row of few cases
             *     is first or last by chance.
             */
            shrunk: number | null;
            /**
             * Format: double
             * @description Its value, nothing where the denominator is 0.
             */
            value: number | null;
        };
        /** @description What an agent told the assistant when it was handed back. Not for the customer. */
        Brief: {
            /** @description When. */
            at: components["schemas"]["Instant"];
            /**
             * Format: int32
             * @description The customer turn that the assistant owes an answer to now, if any.
             */
            awaited_turn?: number | null;
            /** @description The words. */
            brief: string;
            /**
             * Format: int64
             * @description The version of the entry it came with.
             */
            version: number;
        };
        /** @description How one case went. */
        CaseOutcome: {
            /**
             * Format: int32
             * @description Where it begins in the file, from 1.
             */
            line: number;
            /** @description Its name. */
            name: string;
            /** @description Whether everything came as expected. */
            ok: boolean;
            /** @description Every turn of which something was expected. */
            turns: components["schemas"]["TurnOutcome"][];
        };
        /** @description How the cases of a file went. */
        CaseReport: {
            /** @description All of them, in the order of the file. */
            cases: components["schemas"]["CaseOutcome"][];
            /** @description Which rules they show at work. */
            coverage: components["schemas"]["Coverage"];
            /** @description How many did not. */
            failed: number;
            /** @description How many went as expected. */
            passed: number;
        };
        /** @description The cases of a workspace. */
        CasesAnswer: {
            /** @description Whether they are those that ship. */
            is_default: boolean;
            /** @description The file. */
            text: string;
            /** @description A name of just this text. */
            version: string;
        };
        /** @description Cases as they are to be. */
        CasesBody: {
            /** @description The file. */
            text: string;
            /** @description The version that was edited; refused if another one stands there. */
            version?: string | null;
        };
        /** @description One share that a cause rests on, before and since. */
        CauseEvidence: {
            /**
             * Format: double
             * @description Since, 0–1.
             */
            after: number;
            /**
             * Format: double
             * @description Before, 0–1.
             */
            before?: number | null;
            /** @description What it counts. */
            label: string;
            /**
             * Format: int32
             * @description Of how many since.
             */
            n_after: number;
            /**
             * Format: int32
             * @description Of how many before.
             */
            n_before: number;
        };
        /** @description A cause that was found in the log. */
        CauseFound: {
            /** @description `knowledge_gap`, `broken_tool`, `high_threshold` or `gatekeeping`. */
            cause: string;
            /** @description What says so. */
            evidence: components["schemas"]["CauseEvidence"][];
            /** @description The newest conversations behind it. */
            examples: string[];
            /** @description The 95 % interval of the share. */
            interval: number[];
            /** @description What it is: the concern, the tool, the threshold. */
            name: string;
            /**
             * Format: double
             * @description The share of the window's handoffs that it explains, 0–1.
             */
            share: number;
            /** @description The beginning of the week since when it shows. */
            since: components["schemas"]["Instant"];
        };
        /** @description A promise with what it rests on. */
        Certificate: {
            /**
             * Format: double
             * @description The greatest share of wrong answers.
             */
            alpha: number;
            /**
             * Format: double
             * @description The greatest chance that the promise is broken.
             */
            delta: number;
            /** @description Until when it holds. */
            expires_at?: string | null;
            /** @description The first answer that it rests on, RFC 3339. */
            from?: string | null;
            /**
             * Format: int64
             * @description Judged answers.
             */
            graded: number;
            /** @description A name for just these judgements. */
            hash: string;
            /** @description The last. */
            until?: string | null;
        };
        /** @description What publishing an article would change. */
        CheckAnswer: {
            /**
             * Format: double
             * @description From which confidence on an answer is given.
             */
            accept: number;
            /** @description How many would be answered by the article. */
            answered_after: number;
            /** @description How many of them are answered now. */
            answered_before: number;
            /**
             * @description How many of the cluster's questions were tried; none of them is known to the article
             *     while it is tried with it.
             */
            n: number;
            /** @description How many questions of other articles were tried. */
            others: number;
            /** @description Questions of other articles that it would be found for in their place. */
            stolen: components["schemas"]["StolenQuestion"][];
            /** @description Each of them. */
            tried: components["schemas"]["TriedQuestion"][];
        };
        /** @description An article to be tried before it is published. */
        CheckBody: {
            /** @description How customers ask for it. */
            asked?: string[];
            /** @description The Markdown. */
            body: string;
            /** @description The category, one word. */
            category: string;
            /** @description The cluster whose questions it is to answer. */
            cluster?: string | null;
            /** @description Whether the demo's history counts. */
            include_demo?: boolean;
            /** @description The article's name: lower-case letters, digits and hyphens. */
            slug: string;
            /** @description The title. */
            title: string;
        };
        /** @description A statement and the turn it rests on. */
        Cited: {
            /** @description The statement. */
            text: string;
            /**
             * Format: int32
             * @description Where it comes from.
             */
            turn: number;
        };
        /**
         * @description How a conversation ended.
         * @enum {string}
         */
        ClosedOutcome: "resolved_by_agent" | "confirmed_by_customer" | "ended_by_customer" | "idle" | "follow_up";
        /** @description The company. */
        Company: {
            /** @description Its name. */
            name: string;
        };
        /** @description Whether an answer helped. */
        ConfirmBody: {
            /** @description Whether it did. */
            helped: boolean;
            /**
             * Format: int32
             * @description The assistant's turn.
             */
            turn: number;
        };
        /** @description The customer said whether an answer helped. */
        ConfirmedItem: {
            /** @description When. */
            at: components["schemas"]["Instant"];
            /** @description Whether it did. */
            helped: boolean;
            /**
             * Format: int32
             * @description The assistant's turn.
             */
            turn: number;
            /**
             * Format: int64
             * @description The entry it came with.
             */
            version: number;
        };
        /** @description An address instead of a wait. */
        ContactBody: {
            /** @description An e-mail address. */
            address: string;
        };
        /** @description The customer left an address. */
        ContactItem: {
            /** @description When. */
            at: components["schemas"]["Instant"];
            /** @description The address. */
            text: string;
            /**
             * Format: int64
             * @description The entry it came with.
             */
            version: number;
        };
        /** @description A conversation, for staff or for a program. */
        ConversationAnswer: components["schemas"]["StaffSnapshot"] | components["schemas"]["ProgramConversation"];
        /** @description Costs and savings, in the currency of the rates. */
        CostOf: {
            /**
             * Format: double
             * @description What a minute of an agent costs.
             */
            agent_minute_cost: number;
            /**
             * Format: double
             * @description Agents' active minutes.
             */
            agent_minutes: number;
            /**
             * Format: double
             * @description What the agents' time cost.
             */
            agents: number;
            /**
             * Format: double
             * @description Minutes that agents would have spent on what the assistant resolved.
             */
            minutes_saved: number | null;
            /**
             * Format: double
             * @description What the tokens cost.
             */
            model: number;
            /**
             * Format: double
             * @description That without the cost of the tokens.
             */
            net: number | null;
            /**
             * Format: double
             * @description The tokens, by conversation that was not.
             */
            per_assistant_only: number | null;
            /**
             * Format: double
             * @description Both, by conversation.
             */
            per_conversation: number | null;
            /**
             * Format: double
             * @description Both, by conversation that was handed over.
             */
            per_escalated: number | null;
            /**
             * Format: double
             * @description What these would have cost.
             */
            saved: number | null;
            /**
             * Format: int64
             * @description Tokens of the model, guessed from the text.
             */
            tokens: number;
            /**
             * Format: double
             * @description What a million tokens cost.
             */
            tokens_million_cost: number;
        };
        /** @description Which rules the cases show at work. */
        Coverage: {
            /** @description Every rule, then what decides besides them. */
            rules: components["schemas"]["RuleCoverage"][];
            /**
             * Format: double
             * @description The share that fired somewhere, 0–1.
             */
            share: number;
            /** @description Those that fired nowhere. */
            uncovered: string[];
        };
        /** @description Satisfaction of one segment. */
        CsatSegment: {
            /**
             * Format: double
             * @description The same if everybody else was.
             */
            best: number | null;
            /**
             * Format: int32
             * @description How many conversations are in it.
             */
            conversations: number;
            /** @description The share of good scores. */
            csat: components["schemas"]["Ratio"];
            /** @description `assistant_only`, `handed_off` or `person_only`. */
            key: string;
            /**
             * Format: double
             * @description The share of them that was rated.
             */
            response_rate: number | null;
            /**
             * Format: double
             * @description The share of good ones if nobody else was satisfied.
             */
            worst: number | null;
        };
        /** @description One threshold on the curve. */
        CurvePoint: {
            /**
             * Format: double
             * @description The share of questions that would be answered, 0–1.
             */
            answered: number;
            /**
             * Format: int64
             * @description How many were judged.
             */
            graded: number;
            /**
             * Format: double
             * @description The threshold.
             */
            threshold: number;
            /**
             * Format: double
             * @description Its upper bound.
             */
            upper?: number | null;
            /**
             * Format: double
             * @description The share of wrong ones among the judged.
             */
            wrong?: number | null;
        };
        /** @description The customer, as staff see them. */
        CustomerCard: {
            /** @description Their address, where known. */
            email?: string | null;
            /** @description What is known. */
            facts: {
                [key: string]: components["schemas"]["FactValue"];
            };
            /** @description As they are addressed. */
            name: string;
        };
        /** @description Who asks for help, as the developer's backend knows them. */
        CustomerRef: {
            /** @description Their account in the workspace's own system. */
            account_id?: string | null;
            /** @description Their e-mail address. */
            email?: string | null;
        };
        /** @description A customer as the workspace knows them. */
        CustomerRow: {
            /** @description The agent who looks after them, by address. */
            account_manager?: string | null;
            /** @description Their company. */
            company?: string | null;
            /** @description Their address; empty where only an account id is known. */
            email: string;
            /** @description Who. */
            id: string;
            /** @description Whether they get white-glove care. */
            is_vip: boolean;
            /** @description As they are addressed. */
            name: string;
            /** @description Their tier. */
            tier?: string | null;
        };
        /** @description A conversation in full, for its customer. */
        CustomerSnapshot: {
            /** @description Which. */
            conversation: string;
            /** @description What happened, in order: turns and changes of the floor. */
            items: components["schemas"]["Item"][];
            /** @description Where it stands. */
            state: components["schemas"]["CustomerState"];
            /**
             * Format: int64
             * @description The version of the stream.
             */
            version: number;
        };
        /** @description Where a conversation stands, for its customer. */
        CustomerState: {
            /** @description Whether the customer can write. */
            can_write: boolean;
            /**
             * Format: int32
             * @description The answer that can be confirmed.
             */
            confirmable_turn?: number | null;
            /**
             * Format: int32
             * @description The current epoch.
             */
            epoch: number;
            /** @description Who may speak. */
            floor: components["schemas"]["Floor"];
            /** @description Whether it has ended. */
            is_closed: boolean;
            /** @description What can be rated. */
            rating: components["schemas"]["Rating"];
            /** @description The same in a name. */
            speaker: components["schemas"]["Speaker"];
            /**
             * Format: int64
             * @description The version of the stream.
             */
            version: number;
            wait?: components["schemas"]["Wait"] | null;
        };
        /** @description All figures of one workspace and one window. */
        Dashboard: {
            /** @description Agents' active time. */
            aht_after_escalation: components["schemas"]["HandleTime"];
            /** @description Of the same, those resolved by evidence and without a return. */
            ai_resolution_rate: components["schemas"]["Ratio"];
            /** @description The time of the question. */
            as_of: components["schemas"]["Instant"];
            /** @description Those who had to ask more than once. */
            begging_rate: components["schemas"]["Ratio"];
            /** @description Handoffs by the queue they came to, most first. */
            by_queue: components["schemas"]["Group"][];
            /** @description Handoffs by the root cause that the agent named, most first. */
            by_root_cause: components["schemas"]["Group"][];
            /** @description Handoffs by trigger, most first. */
            by_trigger: components["schemas"]["Group"][];
            /** @description Ended without a person, whatever came of it; never a resolution. */
            contained: components["schemas"]["Ratio"];
            /** @description Of the handoffs, those in which the packet was opened and nothing asked again. */
            context_retention: components["schemas"]["Ratio"];
            /**
             * Format: int32
             * @description How many conversations are counted, with or without the assistant.
             */
            conversations: number;
            /** @description What it costs, and what it saves. */
            cost: components["schemas"]["CostOf"];
            /** @description Satisfaction with the person's part. */
            csat_after_escalation: components["schemas"]["Ratio"];
            /** @description Satisfaction with the assistant's part. */
            csat_assistant: components["schemas"]["Ratio"];
            /** @description Satisfaction by who dealt with it: `assistant_only`, `handed_off`, `person_only`. */
            csat_segments: components["schemas"]["CsatSegment"][];
            /**
             * Format: int32
             * @description The length of the window in days.
             */
            days: number;
            /**
             * Format: double
             * @description Its part of the conversations counted, 0–1.
             */
            demo_share: number;
            /** @description Of the conversations with the assistant, those for which a person was asked. */
            escalation_rate: components["schemas"]["Ratio"];
            /** @description Solved by the first person, for good. */
            first_contact_resolution: components["schemas"]["Ratio"];
            /** @description From the request to the first message of an agent. */
            first_response: components["schemas"]["AcceptTime"];
            /** @description From the conversation to the satisfied customer, each step part of the one before. */
            funnel: components["schemas"]["FunnelStep"][];
            /** @description Of all conversations, those for which a person was asked, and whose doing it was. */
            handed_over: components["schemas"]["HandedOver"];
            /** @description Handoffs by local weekday and hour of their request; empty hours are left out. */
            heat: components["schemas"]["HeatCell"][];
            imported?: components["schemas"]["Imported"] | null;
            /** @description Whether the demo's history counts. */
            include_demo: boolean;
            /** @description Came to people whose concern it was not. */
            misroute_rate: components["schemas"]["Ratio"];
            /** @description What became of the conversations with the assistant; each is in exactly one. */
            outcomes: components["schemas"]["OutcomeShare"][];
            rebuild?: components["schemas"]["RebuildProgress"] | null;
            /** @description Resolved, and back within seven days. */
            repeat_contact: components["schemas"]["RepeatContact"];
            /** @description How often customers ask before a person comes. */
            requests_per_handoff: components["schemas"]["MeanOf"];
            /** @description The evidence of retention, each step part of the one before. */
            retention_funnel: components["schemas"]["RetentionStep"][];
            /** @description Too early, too late and missed, by rule. */
            rule_timing: components["schemas"]["RuleTimings"];
            /** @description From the first sign of discontent to the request. */
            sign_to_handoff: components["schemas"]["SignToHandoff"];
            /** @description The assistant had the last word, and nobody answered. */
            silent_abandonment: components["schemas"]["Ratio"];
            /** @description An agent wrote, and the customer was gone. */
            silent_in_handoff: components["schemas"]["Ratio"];
            /** @description Accepted within what the queue aims for. */
            sla_attainment: components["schemas"]["ServiceLevel"];
            /** @description Resolution and escalation of the topics that are meant for the assistant. */
            tier_one: components["schemas"]["TierOne"];
            /** @description From the request to an agent. */
            time_to_accept: components["schemas"]["AcceptTime"];
            /** @description Passed on by an agent who had written. */
            transfer_rate: components["schemas"]["Ratio"];
            /** @description Who left while waiting. */
            wait: components["schemas"]["Waiting"];
            /** @description ISO weeks in the workspace's zone, earliest first; the first and the last may be cut. */
            weeks: components["schemas"]["Week"][];
        };
        /** @description Whether verdicts of the log come out again, byte for byte. */
        DecidedAgain: {
            /**
             * Format: int64
             * @description Those that came out the same.
             */
            same: number;
            /**
             * Format: int64
             * @description Verdicts that were decided again.
             */
            turns: number;
            /**
             * Format: int64
             * @description Verdicts of versions that are not at hand.
             */
            unknown: number;
            /**
             * Format: int64
             * @description Verdicts on texts that have been erased.
             */
            unreadable: number;
        };
        /** @description Why an offer is declined. */
        DeclineBody: {
            /** @description Why. */
            reason: components["schemas"]["DeclineReason"];
        };
        /**
         * @description Why an agent says no.
         * @enum {string}
         */
        DeclineReason: "not_mine" | "too_busy" | "missing_skill" | "other";
        /** @description Another help desk that has a conversation: it is answered there. */
        DeskPlace: {
            /** @description Where it is found there. */
            link?: string | null;
            /** @description As people call it. */
            product: string;
        };
        /** @description What a policy says otherwise. */
        DiffAnswer: {
            /** @description The version it is held against. */
            against: string;
            /** @description What differs, in the order of the file; nothing where both say the same. */
            changes: components["schemas"]["PolicyChange"][];
        };
        /** @description A policy, and what to hold it against. */
        DiffBody: {
            /** @description A version that was in force, proposed or tried; the one in force if absent. */
            against?: string | null;
            /** @description The policy's text. */
            text: string;
        };
        /**
         * @description How it ended, chosen at wrap-up.
         * @enum {string}
         */
        Disposition: "solved" | "follow_up" | "customer_left" | "not_for_us" | "no_action";
        /** @description A draft in the review list. */
        DraftCard: {
            /** @description Since when the customer waits for it. */
            at: components["schemas"]["Instant"];
            /**
             * Format: double
             * @description The assistant's confidence in it, 0–1, where it gave one.
             */
            confidence?: number | null;
            /** @description Of which conversation. */
            conversation: string;
            /** @description The customer, as they are addressed. */
            customer_name: string;
            /** @description Which. */
            draft_id: string;
            /** @description The customer's words that it answers. */
            in_reply_to_text: string;
            /** @description Whether the customer has not written since. */
            is_current: boolean;
            /** @description Whose drafts they are. */
            queue: string;
            /** @description The words. */
            text: string;
        };
        /** @description A text proposed by the assistant. */
        DraftItem: {
            agent?: components["schemas"]["Person"] | null;
            /** @description When. */
            at: components["schemas"]["Instant"];
            /** @description Which. */
            draft_id: string;
            /** @description What became of it. */
            state: components["schemas"]["DraftState"];
            /** @description The words, when it is staged. */
            text?: string | null;
            /**
             * Format: int64
             * @description The entry it came with.
             */
            version: number;
        };
        /**
         * @description What becomes of a draft.
         * @enum {string}
         */
        DraftState: "staged" | "released" | "edited" | "rejected" | "outdated";
        /** @description What a model wrote and nobody said. */
        DroppedStatement: {
            /** @description Why it is not shown as a statement. */
            reason: string;
            /** @description As the model wrote it. */
            text: string;
        };
        /**
         * @description What may be said of a fix.
         * @enum {string}
         */
        EffectVerdict: "fewer" | "more" | "too_early";
        /** @description One week beside a publication. */
        EffectWeek: {
            /** @description When it begins. */
            from: components["schemas"]["Instant"];
            /** @description What happened in it. */
            rate: components["schemas"]["EscalationRate"];
        };
        /** @description A thing with a name or number. */
        Entity: {
            /** @description What kind of thing. */
            kind: components["schemas"]["EntityKind"];
            /** @description What the customer put in its place; absent where it stands. */
            replaced_by?: string | null;
            /**
             * Format: int32
             * @description Where.
             */
            turn: number;
            /** @description As it was written. */
            value: string;
        };
        /**
         * @description The kinds of entity that are looked for.
         * @enum {string}
         */
        EntityKind: "reference" | "amount" | "error_code" | "date" | "email" | "url" | "product";
        /** @description What happened after a version, for staff. */
        Entries: {
            /** @description Which conversation. */
            conversation: string;
            /**
             * Format: int64
             * @description The version before the first item.
             */
            from: number;
            /** @description What happened, in order. */
            items: components["schemas"]["Item"][];
            /**
             * Format: int64
             * @description The version after the last.
             */
            version: number;
        };
        /** @description The envelope of every error. */
        ErrorBody: {
            /** @description What went wrong. */
            error: components["schemas"]["ErrorNote"];
        };
        /** @description What went wrong. */
        ErrorNote: {
            /** @description The stable code; `/errors/CODE` explains it. */
            code: string;
            /** @description Figures that a program can use. */
            details?: Record<string, never> | null;
            /** @description The same for people, with what it is about. */
            message: string;
            /** @description The request, as the log names it. */
            request_id: string;
        };
        /** @description A step of an escalation. */
        EscalationItem: {
            /** @description When. */
            at: components["schemas"]["Instant"];
            /** @description What the assistant was told, where it was handed back. */
            brief?: string | null;
            disposition?: components["schemas"]["Disposition"] | null;
            /** @description Which. */
            escalation_id: string;
            /** @description Where. */
            queue?: string | null;
            root_cause?: components["schemas"]["RootCause"] | null;
            /** @description How far it has come. */
            state: components["schemas"]["EscalationState"];
            trigger?: components["schemas"]["Trigger"] | null;
            /**
             * Format: int64
             * @description The entry it came with.
             */
            version: number;
        };
        /** @description Escalations among conversations. */
        EscalationRate: {
            /**
             * Format: int32
             * @description Conversations with the assistant.
             */
            conversations: number;
            /**
             * Format: int32
             * @description Escalations of the cluster.
             */
            escalations: number;
            /**
             * Format: double
             * @description Escalations for each 1,000 conversations; absent without any.
             */
            per_thousand?: number | null;
        };
        /**
         * @description How far an escalation has come.
         * @enum {string}
         */
        EscalationState: "requested" | "queued" | "raised" | "accepted" | "expired" | "abandoned" | "withdrawn" | "resolved" | "handed_back";
        /** @description A share with its 95 % Wilson interval. */
        Estimate: {
            /**
             * Format: double
             * @description The upper end.
             */
            hi: number | null;
            /** @description Whether too little was counted to say much. */
            is_small: boolean;
            /**
             * Format: double
             * @description The lower end.
             */
            lo: number | null;
            /**
             * Format: int32
             * @description Of how many.
             */
            n: number;
            /**
             * Format: double
             * @description Its value, nothing where n is 0.
             */
            value: number | null;
        };
        /** @description Where a signal shows. */
        Evidence: {
            /**
             * Format: int32
             * @description The byte after it.
             */
            end: number;
            /** @description The words, where they are at hand. */
            quote?: string | null;
            /**
             * Format: int32
             * @description First byte of the span.
             */
            start: number;
            /**
             * Format: int32
             * @description The turn.
             */
            turn: number;
            /** @description What fired. */
            what: string;
        };
        /** @description Everything that was decided on a turn, in order. */
        ExplainAnswer: {
            /** @description The turn itself, then each answer to it. */
            items: components["schemas"]["ExplainItem"][];
        };
        /** @description What the assistant says to staff of a handoff that it asked for. */
        ExplainedItem: {
            /** @description When. */
            at: components["schemas"]["Instant"];
            /** @description The words, a program's. */
            text: string;
            /**
             * Format: int64
             * @description The entry it came with.
             */
            version: number;
        };
        /** @description One decision. */
        ExplainItem: {
            /** @description Why. */
            explanation: components["schemas"]["Explanation"];
            /** @description Whether an answer was judged, rather than the turn alone. */
            on_answer: boolean;
            shadow?: components["schemas"]["ShadowSaid"] | null;
        };
        /** @description A verdict with its reasons. `segue policy explain --format json` prints the same. */
        Explanation: {
            /** @description What tried rules read and nobody supplied. */
            absent: string[];
            /** @description What should have been measured or looked up and was not. */
            failed: string[];
            /** @description One sentence for each rule that held, the deciding one first. */
            fired: string[];
            /** @description Whether supervisors are to look at it. */
            flag: boolean;
            kind?: components["schemas"]["HandoffKind"] | null;
            /** @description What missed by little, the nearest first. */
            nearly: components["schemas"]["Nearly"][];
            /** @description The policy it was decided under. */
            policy: string;
            /** @description Where it led. */
            queue?: string | null;
            /** @description The clause the customer reads after "because". */
            reason: string;
            /** @description The rule that decided. */
            rule: string;
            /** @description How many rules were tried. */
            rules_tried: number;
            /** @description What was measured, what the verdict rests on first; without quotes. */
            signals: components["schemas"]["SignalRead"][];
            step?: components["schemas"]["FallBackStep"] | null;
            /** @description What followed. */
            verdict: components["schemas"]["VerdictWord"];
        };
        /** @description The value of a fact in a request. */
        FactGiven: boolean | number | string;
        /** @description The value of a fact: yes or no, a number, or a word. */
        FactValue: boolean | number | string;
        /** @description A reason with how often it was given. */
        FailureCause: {
            /**
             * Format: int32
             * @description How often.
             */
            n: number;
            /** @description The reason. */
            root_cause: components["schemas"]["RootCause"];
        };
        /** @description Failures that put the same concern. */
        FailureCluster: {
            /**
             * Format: double
             * @description Minutes that agents worked on them.
             */
            agent_minutes: number;
            effect?: components["schemas"]["FixEffect"] | null;
            /** @description When the first one happened, also before the window. */
            first_at: components["schemas"]["Instant"];
            /** @description What was published against it, newest first. */
            fixes: components["schemas"]["FixRow"][];
            /** @description Its name among clusters; it stays the same. */
            id: string;
            /** @description Whether it comes again and again and nobody has done anything about it. */
            is_broken: boolean;
            /** @description When the last one happened. */
            last_at: components["schemas"]["Instant"];
            /**
             * Format: int32
             * @description How many failures the window holds.
             */
            n: number;
            /**
             * Format: int32
             * @description How many there were in the first half of the window.
             */
            n_earlier: number;
            /**
             * Format: int32
             * @description How many there were in the second half.
             */
            n_later: number;
            /** @description Its name for people, in a customer's words. */
            name: string;
            /** @description The reasons agents gave, most frequent first. */
            root_causes: components["schemas"]["FailureCause"][];
            /** @description What handed them over, most frequent first. */
            triggers: components["schemas"]["FailureTrigger"][];
            /**
             * Format: double
             * @description Minutes that customers waited for a person.
             */
            wait_minutes: number;
        };
        /** @description One cluster with its failures. */
        FailureClusterDetail: {
            /** @description The cluster. */
            cluster: components["schemas"]["FailureCluster"];
            /** @description The failures that are likest to all others. */
            examples: components["schemas"]["FailureRow"][];
            /** @description The latest failures, newest first, at most 100. */
            failures: components["schemas"]["FailureRow"][];
        };
        /** @description One failure. */
        FailureRow: {
            /** @description When it failed. */
            at: components["schemas"]["Instant"];
            /** @description The conversation. */
            conversation: string;
            root_cause?: components["schemas"]["RootCause"] | null;
            /** @description The concern in the customer's words. */
            text: string;
            trigger?: components["schemas"]["Trigger"] | null;
        };
        /** @description A trigger with how often it handed over. */
        FailureTrigger: {
            /**
             * Format: int32
             * @description How often.
             */
            n: number;
            /** @description The trigger. */
            trigger: components["schemas"]["Trigger"];
        };
        /**
         * @description What the assistant does instead of answering.
         * @enum {string}
         */
        FallBackStep: "widen" | "clarify";
        /** @description One conversation behind a number. */
        FigureCase: {
            /** @description Where it took place. */
            channel?: string | null;
            /** @description Which. */
            conversation: string;
            /** @description The language of the page. */
            language?: string | null;
            /**
             * @description `escalated`, `returned`, `resolved`, `unmet` or `ambiguous`; absent where the
             *     assistant had no part.
             */
            outcome?: string | null;
            /** @description The queue it came to last. */
            queue?: string | null;
            /**
             * Format: int32
             * @description The score for the person's part.
             */
            rated_agent?: number | null;
            /**
             * Format: int32
             * @description The score for the assistant's part.
             */
            rated_assistant?: number | null;
            /** @description The root cause that the agent named. */
            root_cause?: string | null;
            /** @description The rule of its first handoff that is looked at. */
            rule?: string | null;
            /** @description When it began. */
            started_at: components["schemas"]["Instant"];
            /** @description The first topic that was found. */
            topic?: string | null;
            /** @description The class of that rule. */
            trigger?: string | null;
            /**
             * Format: int32
             * @description How many turns it has.
             */
            turns: number;
        };
        /** @description Some of the conversations behind a number. */
        FigureCases: {
            /** @description Some of them, newest first. */
            items: components["schemas"]["FigureCase"][];
            /**
             * Format: int32
             * @description How many there are.
             */
            n: number;
        };
        /** @description One headline figure beside the week before. */
        FigureChange: {
            /**
             * Format: double
             * @description The week before, as it stood then.
             */
            before?: number | null;
            /** @description The newest conversations behind it. */
            conversations: string[];
            /** @description `up`, `down` or `band`: which way it is meant to go. */
            direction: string;
            /**
             * Format: double
             * @description The upper end.
             */
            hi?: number | null;
            /**
             * @description The id of its definition in `docs/METRICS.md`.
             * @example escalation_rate
             */
            id: string;
            /** @description Whether the difference is more than chance. */
            is_clear: boolean;
            /** @description Whether it may still change for the conversations counted. */
            is_provisional: boolean;
            /** @description Whether there are too few cases to judge the value. */
            is_small: boolean;
            /**
             * Format: double
             * @description The lower end of its 95 % interval, of shares.
             */
            lo?: number | null;
            /**
             * Format: int32
             * @description Of how many cases.
             */
            n: number;
            /**
             * Format: int32
             * @description Of how many cases.
             */
            n_before: number;
            /** @description Its name for people. */
            name: string;
            /**
             * Format: double
             * @description The two-sided chance of so great a difference where nothing changed, of shares.
             */
            p?: number | null;
            target?: components["schemas"]["Target"] | null;
            /** @description `share` (0–1) or `seconds`. */
            unit: string;
            /**
             * Format: double
             * @description This week.
             */
            value?: number | null;
        };
        /** @description The cluster that a version is to end. */
        FixedCluster: {
            /** @description The cluster. */
            id: string;
            /** @description Its name then. */
            name: string;
        };
        /**
         * @description What a publication has changed: the escalations of its cluster for each 1,000
         *     conversations with the assistant, before and after, over windows of the same length. The
         *     week before the publication is left out: what made somebody act falls back by itself.
         */
        FixEffect: {
            /** @description After. */
            after: components["schemas"]["EscalationRate"];
            /** @description Before. */
            before: components["schemas"]["EscalationRate"];
            /**
             * Format: double
             * @description By which share it changed; −0.31 is a fall by 31 %. Absent where nothing happened before.
             */
            change?: number | null;
            /**
             * Format: double
             * @description Its upper end; absent where it has none.
             */
            change_max?: number | null;
            /**
             * Format: double
             * @description The lower end of the interval of the change at 95 %.
             */
            change_min?: number | null;
            /**
             * Format: double
             * @description The length of both windows in days, at most 56.
             */
            days: number;
            /** @description When it was published. */
            published_at: components["schemas"]["Instant"];
            /** @description What may be said. */
            verdict: components["schemas"]["EffectVerdict"];
            /** @description Week by week, from eight weeks before the publication on. */
            weeks: components["schemas"]["EffectWeek"][];
        };
        /** @description What was published against a cluster. */
        FixRow: {
            /** @description When. */
            at: components["schemas"]["Instant"];
            /** @description How it came to be. */
            kind: components["schemas"]["VersionKind"];
            /** @description The article; absent for the instructions. */
            slug?: string | null;
            /** @description Its title. */
            title: string;
            /**
             * Format: int32
             * @description The version.
             */
            version: number;
        };
        /** @description Supervisors should look, or have. */
        FlagItem: {
            /** @description When. */
            at: components["schemas"]["Instant"];
            /** @description Which of the two. */
            state: components["schemas"]["FlagState"];
            /**
             * Format: int64
             * @description The entry it came with.
             */
            version: number;
        };
        /**
         * @description Whether supervisors should look.
         * @enum {string}
         */
        FlagState: "raised" | "cleared";
        /** @description Who may speak, and since which change. */
        Floor: {
            agent?: components["schemas"]["Person"] | null;
            /**
             * Format: int32
             * @description The number that grows with every change.
             */
            epoch: number;
            /** @description Who has it. Customers never read `locked`. */
            holder: components["schemas"]["HolderWord"];
            kind?: components["schemas"]["HandoffKind"] | null;
            outcome?: components["schemas"]["ClosedOutcome"] | null;
            /** @description The queue it waits in or came from. */
            queue?: string | null;
            /** @description That queue's name, for people. */
            queue_name?: string | null;
            since?: components["schemas"]["Instant"] | null;
        };
        /**
         * @description Why the floor changed.
         * @enum {string}
         */
        FloorCause: "verdict" | "asked" | "accepted" | "taken" | "passed" | "requeued" | "handed_back" | "presence_lost" | "overflowed" | "closed" | "reopened" | "assistant_silent";
        /** @description A change of the floor. */
        FloorItem: {
            /** @description When. */
            at: components["schemas"]["Instant"];
            /** @description Why. */
            cause: components["schemas"]["FloorCause"];
            /** @description Who has it now. */
            floor: components["schemas"]["Floor"];
            /** @description Why, in the customer's words, where a verdict says it. */
            reason?: string | null;
            /**
             * Format: int64
             * @description The entry it came with.
             */
            version: number;
        };
        /** @description One step of the funnel. */
        FunnelStep: {
            /** @description Its name. */
            key: string;
            /** @description In words. */
            label: string;
            /**
             * Format: int32
             * @description How many conversations came so far.
             */
            n: number;
        };
        /** @description Whether people are kept from a person. */
        GatekeepingAlarm: {
            /** @description From and until when it probably began. */
            began?: components["schemas"]["Instant"][] | null;
            /** @description The newest conversations behind it. */
            conversations: string[];
            /** @description Satisfaction with the person's part. */
            csat_after_escalation: components["schemas"]["SharePair"];
            /** @description Of the conversations with the assistant, those that no person was asked into. */
            deflection: components["schemas"]["SharePair"];
            /**
             * Format: double
             * @description The share of later conversations that the earlier period had none like.
             */
            new_share: number;
            /**
             * Format: int32
             * @description The length of each of the two periods compared, in days.
             */
            period_days: number;
            /** @description Why, one sentence each, the weightiest first. */
            reasons: string[];
            /** @description The leading signs, in a fixed order. */
            signs: components["schemas"]["LeadingSign"][];
            /** @description `quiet`, `watch`, `alarm` or `too_few`. */
            state: string;
        };
        /** @description What a model wrote about a conversation, after the guard: label it as such. */
        Generated: {
            /** @description What was tried, in order. */
            attempted_solutions: components["schemas"]["GeneratedAttempt"][];
            core_intent?: components["schemas"]["GeneratedStatement"] | null;
            /** @description What had no ground, each with the reason. It is not true of the conversation. */
            dropped: components["schemas"]["DroppedStatement"][];
            /** @description What the model calls itself. */
            model: string;
            /** @description What is still to be found out. */
            open_questions: components["schemas"]["GeneratedStatement"][];
            /** @description A first line to send. */
            suggested_first_line?: string | null;
            /** @description What is wanted and what was done. */
            summary: components["schemas"]["GeneratedStatement"][];
            /**
             * Format: int32
             * @description The last turn that it takes account of.
             */
            through: number;
            /** @description Whether so much of it had no ground that nothing of it is shown but `dropped`. */
            withheld: boolean;
        };
        /** @description One thing that was tried, as a model tells it. */
        GeneratedAttempt: {
            /** @description How it went, where the conversation says so. */
            outcome: components["schemas"]["AttemptOutcome"];
            /** @description Where it comes from. */
            turns: number[];
            /** @description What. */
            what: string;
        };
        /** @description A statement and the turns it names as its ground. */
        GeneratedStatement: {
            /** @description The statement; text, whatever stands in it. */
            text: string;
            /** @description Where it comes from. */
            turns: number[];
        };
        /**
         * @description What a person who knows says of an answer.
         * @enum {string}
         */
        Grade: "right" | "wrong" | "unsure";
        /** @description A judgement. */
        GradeBody: {
            /** @description Where the answer stands. */
            conversation: string;
            /** @description What it is. */
            grade: components["schemas"]["Grade"];
            /**
             * Format: int32
             * @description Its text in the conversation.
             */
            text_ref: number;
        };
        /** @description What people said of answers. */
        GradedCounts: {
            /**
             * Format: int64
             * @description Of those that customers saw.
             */
            shown: number;
            /**
             * Format: int64
             * @description Of which nobody could tell.
             */
            unsure: number;
            /**
             * Format: int64
             * @description Of those that were held back.
             */
            withheld: number;
        };
        /** @description One bar of a Pareto. */
        Group: {
            /**
             * Format: double
             * @description The agents' active minutes on them, where these are counted.
             */
            agent_minutes?: number | null;
            /**
             * @description The newest conversations behind it, at most as many as `shown`
             *     asks for.
             */
            conversations: string[];
            /** @description Its name. */
            key: string;
            /** @description In words. */
            label: string;
            /**
             * Format: int32
             * @description How many handoffs.
             */
            n: number;
            /**
             * Format: double
             * @description Their share of all bars.
             */
            share: number;
            /**
             * Format: double
             * @description The minutes that customers waited in them, where these are counted.
             */
            wait_minutes?: number | null;
        };
        /** @description Back to the assistant. */
        HandBackBody: {
            /**
             * Format: int64
             * @description The agent's active time, in milliseconds.
             */
            active_ms: number;
            /** @description Whether the assistant could have dealt with it; absent where the agent does not say. */
            assistant_could?: boolean | null;
            /** @description What the assistant is told. */
            brief: string;
            /**
             * @description Whether the assistant owes an answer to what the customer wrote last, if nobody has
             *     answered it. `false` says that the line did.
             * @default true
             */
            is_answer_owed: boolean;
            /** @description The line to the customer. */
            line: string;
            /** @description Why it could not, before. */
            root_cause: components["schemas"]["RootCause"];
        };
        /** @description Conversations handed to a person, split by the first handoff of each. */
        HandedOver: {
            /** @description `mandatory`, `requested` and `measured`, in this order; they add up to the numerator. */
            parts: components["schemas"]["Group"][];
            /** @description Their share of all conversations. */
            rate: components["schemas"]["Ratio"];
            /**
             * Format: int32
             * @description How many of them the assistant had no part in; these are not in the escalation rate.
             */
            without_assistant: number;
        };
        /** @description Agents' active time per handoff, in seconds. */
        HandleTime: {
            /**
             * Format: int32
             * @description How many handoffs.
             */
            n: number;
            /**
             * Format: double
             * @description The median.
             */
            p50_s: number | null;
            /**
             * Format: double
             * @description The ninth decile.
             */
            p90_s: number | null;
            /**
             * Format: double
             * @description The median where the packet was opened; association, not cause.
             */
            with_packet_p50_s: number | null;
            /**
             * Format: double
             * @description The median where it was not.
             */
            without_packet_p50_s: number | null;
        };
        /** @description What a wish for a person did. */
        HandoffAnswer: {
            /**
             * Format: int32
             * @description The epoch after it.
             */
            epoch: number;
            /** @description Who may speak. */
            floor: components["schemas"]["Floor"];
            notice?: components["schemas"]["NoticeAnswer"] | null;
            /**
             * Format: int64
             * @description The version of what was written.
             */
            version: number;
            wait?: components["schemas"]["Wait"] | null;
        };
        /** @description A wish for a person. */
        HandoffBody: {
            /**
             * @description What the assistant says of it to staff: what is wanted, what was tried. The customer
             *     never reads it, and nothing follows from it.
             */
            note?: string | null;
            /**
             * @description Why, as a clause that the customer reads. Leave it out where a model wrote it: the
             *     policy has words of its own.
             */
            reason?: string | null;
        };
        /**
         * @description How a conversation passes to people.
         * @enum {string}
         */
        HandoffKind: "warm" | "cold" | "takeover";
        /** @description How the server is. */
        Health: {
            /** @description `ok` or `ready`. */
            status: string;
        };
        /** @description One cell of the heat map. */
        HeatCell: {
            /**
             * Format: int32
             * @description 0–23, local.
             */
            hour: number;
            /**
             * Format: int32
             * @description How many handoffs were requested.
             */
            n: number;
            /**
             * Format: int32
             * @description 0 is Monday.
             */
            weekday: number;
        };
        /** @description One thing that need not be asked. */
        Hint: {
            /** @description What the draft asks for. */
            asked: components["schemas"]["Asked"];
            /**
             * Format: int32
             * @description The turn it stands in; absent where it is known from outside.
             */
            turn?: number | null;
            /** @description What the packet says of it. */
            value: string;
        };
        /** @description The hints for a draft. */
        HintAnswer: {
            /** @description At most one for each thing asked; usually none. */
            hints: components["schemas"]["Hint"][];
        };
        /** @description What an agent is writing. */
        HintBody: {
            /** @description The draft as it stands. It is read and not kept. */
            draft: string;
        };
        /**
         * @description Who holds the floor.
         * @enum {string}
         */
        HolderWord: "assistant" | "review" | "queue" | "locked" | "agent" | "closed";
        /** @description What came of an import. */
        ImportAnswer: {
            /**
             * Format: int64
             * @description Customers that were new.
             */
            created: number;
            /**
             * Format: int64
             * @description Rows that were read.
             */
            read: number;
            /**
             * Format: int64
             * @description Customers who got new facts.
             */
            updated: number;
        };
        /** @description Conversations of files. */
        Imported: {
            /** @description By source, in order of their names. */
            sources: components["schemas"]["ImportedSource"][];
        };
        /** @description One source of imported conversations. */
        ImportedSource: {
            /**
             * Format: int32
             * @description How many conversations.
             */
            conversations: number;
            /** @description What the file says of how they went, most first. */
            outcomes: components["schemas"]["RecordedOutcome"][];
            /** @description Its name. */
            source: string;
            /**
             * Format: int32
             * @description How many turns.
             */
            turns: number;
            /** @description How many customer turns would have had each verdict. */
            verdicts: components["schemas"]["VerdictCounts"];
        };
        /** @description Everything an agent has to look at. */
        Inbox: {
            /** @description Drafts they may release. */
            drafts: components["schemas"]["DraftCard"][];
            /**
             * Format: int32
             * @description How many open conversations supervisors should look at.
             */
            flagged_count: number;
            /** @description The caller. */
            me: components["schemas"]["MeAtWork"];
            /** @description What they hold. */
            mine: components["schemas"]["Row"][];
            /** @description What is offered to them. */
            offers: components["schemas"]["OfferCard"][];
            /** @description The queues. */
            queues: components["schemas"]["QueueCount"][];
            /** @description What waits and they may see, in the order in which it is served. */
            waiting: components["schemas"]["QueueRow"][];
        };
        /**
         * Format: date-time
         * @description An instant in UTC, RFC 3339 with milliseconds.
         */
        Instant: string;
        /** @description The instructions to be published. */
        InstructionsBody: {
            /**
             * Format: int32
             * @description The version that they were made on; 0 if there were none.
             */
            base: number;
            /** @description What a model is told beside the articles, at most 4,000 characters. */
            body: string;
            /** @description The cluster that they are to end. */
            cluster?: string | null;
            /** @description Whether the demo's history counts. */
            include_demo?: boolean;
            /** @description Why. */
            reason: string;
        };
        /** @description Chooses a password by an invitation. */
        InvitationBody: {
            /** @description At least 12 characters. */
            password: string;
            /** @description The secret of the link. */
            token: string;
        };
        /** @description An agent to invite. */
        InviteBody: {
            /**
             * Format: int32
             * @description How many conversations at once; 3 if absent.
             */
            capacity?: number | null;
            /** @description The sign-in name. */
            email: string;
            /** @description As customers read it. */
            name: string;
            /** @description The queues they serve. */
            queues?: string[];
            /** @description What they may do. */
            role: components["schemas"]["Role"];
            /** @description What they can handle. */
            skills?: string[];
        };
        /** @description What came of an invitation. */
        Invited: {
            /** @description The agent. */
            agent: components["schemas"]["AgentRow"];
            /**
             * @description The link to send them; shown once. Where the same request is answered again
             *     it is another link, good as the first, as long as the invitation is open.
             */
            invitation_link?: string | null;
        };
        /** @description One thing that happened. Customers receive `turn` and `floor` only. */
        Item: (components["schemas"]["Turn"] & {
            /** @enum {string} */
            type: "turn";
        }) | (components["schemas"]["FloorItem"] & {
            /** @enum {string} */
            type: "floor";
        }) | (components["schemas"]["VerdictItem"] & {
            /** @enum {string} */
            type: "verdict";
        }) | (components["schemas"]["NoteItem"] & {
            /** @enum {string} */
            type: "note";
        }) | (components["schemas"]["ExplainedItem"] & {
            /** @enum {string} */
            type: "handoff_explained";
        }) | (components["schemas"]["SuppressedItem"] & {
            /** @enum {string} */
            type: "suppressed";
        }) | (components["schemas"]["OfferItem"] & {
            /** @enum {string} */
            type: "offer";
        }) | (components["schemas"]["DraftItem"] & {
            /** @enum {string} */
            type: "draft";
        }) | (components["schemas"]["PacketReadItem"] & {
            /** @enum {string} */
            type: "packet_read";
        }) | (components["schemas"]["SummaryItem"] & {
            /** @enum {string} */
            type: "summary";
        }) | (components["schemas"]["ContactItem"] & {
            /** @enum {string} */
            type: "contact";
        }) | (components["schemas"]["RatedItem"] & {
            /** @enum {string} */
            type: "rated";
        }) | (components["schemas"]["EscalationItem"] & {
            /** @enum {string} */
            type: "escalation";
        }) | (components["schemas"]["FlagItem"] & {
            /** @enum {string} */
            type: "flag";
        }) | (components["schemas"]["ConfirmedItem"] & {
            /** @enum {string} */
            type: "confirmed";
        }) | (components["schemas"]["OutcomeItem"] & {
            /** @enum {string} */
            type: "outcome";
        });
        /** @description A key to make. */
        KeyBody: {
            /**
             * Format: int64
             * @description For how many days it is good; 90 if absent.
             */
            expires_days?: number | null;
            /** @description As people call it. */
            name: string;
            /** @description What it may do. */
            scopes: components["schemas"]["Scope"][];
        };
        /** @description A key that was made. */
        KeyMade: {
            /** @description The key. */
            key: components["schemas"]["KeyRow"];
            /**
             * @description Its secret, shown once: absent where the same request is answered again. If
             *     the first answer was lost, revoke the key and make another.
             */
            secret?: string | null;
        };
        /** @description A program's key, without its secret. */
        KeyRow: {
            /** @description When it was made. */
            created_at: components["schemas"]["Instant"];
            /** @description When it ends. */
            expires_at: components["schemas"]["Instant"];
            /** @description Which. */
            id: string;
            last_used_at?: components["schemas"]["Instant"] | null;
            /** @description As people call it. */
            name: string;
            /** @description What it may do. */
            scopes: components["schemas"]["Scope"][];
        };
        /** @description The customer, once proved. */
        KnownCustomer: {
            /** @description As they are addressed. */
            name: string;
        };
        /** @description Something known about the customer. */
        Labelled: {
            /** @description What. */
            label: string;
            /** @description Its value, for people. */
            value: string;
        };
        /** @description One leading sign in two periods. */
        LeadingSign: {
            /**
             * Format: int32
             * @description How many of the later one.
             */
            after: number;
            /**
             * Format: int32
             * @description How many of the earlier period.
             */
            before: number;
            /** @description The newest conversations behind it. */
            conversations: string[];
            /** @description Whether it is worse than before. */
            is_worse: boolean;
            /** @description Its name in code. */
            key: string;
            /** @description In words. */
            label: string;
            /**
             * Format: int32
             * @description Of how many.
             */
            n_after: number;
            /**
             * Format: int32
             * @description Of how many.
             */
            n_before: number;
        };
        /** @description What the assistant fails at. */
        Learning: {
            /** @description Of which moment it is. */
            at: components["schemas"]["Instant"];
            /** @description Failures that put the same concern, what costs most first. */
            clusters: components["schemas"]["FailureCluster"][];
            /**
             * Format: int32
             * @description The window in days.
             */
            days: number;
            /** @description How well the loop from failure to fix is kept up. */
            health: components["schemas"]["LoopHealth"];
            /**
             * Format: int32
             * @description How many failures of half a year are like no other.
             */
            single: number;
            /**
             * Format: int32
             * @description How many have no words to compare them by, because they were erased or say nothing.
             */
            wordless: number;
        };
        /** @description Something that a replay cannot know. */
        Limit: {
            /** @description Which. */
            code: string;
            /** @description For people. */
            sentence: string;
        };
        /** @description Signs in by a link. */
        LinkBody: {
            /** @description The secret of the link. */
            token: string;
        };
        /** @description What is wrong with a policy's text. */
        LintAnswer: {
            /** @description What is allowed and probably not meant. */
            lints: components["schemas"]["PolicyNote"][];
            /** @description What keeps it from being put in force. */
            problems: components["schemas"]["PolicyNote"][];
        };
        /** @description A list that is given whole. */
        List_AgentRow: {
            /** @description Its items. */
            items: {
                /**
                 * Format: int32
                 * @description How many conversations at once.
                 */
                capacity: number;
                /** @description The sign-in name. */
                email: string;
                /** @description Who. */
                id: string;
                /** @description Whether they may sign in. */
                is_active: boolean;
                /** @description Whether the invitation has not been used yet. */
                is_invited: boolean;
                /** @description As customers read it. */
                name: string;
                /** @description Whether they are there. */
                presence: components["schemas"]["Presence"];
                /** @description The queues they serve. */
                queues: string[];
                /** @description What they may do. */
                role: components["schemas"]["Role"];
                /** @description What they can handle. */
                skills: string[];
            }[];
        };
        /** @description A list that is given whole. */
        List_AuditRow: {
            /** @description Its items. */
            items: {
                /** @description What, as a stable word. */
                action: string;
                /** @description Who; `Segue` for what it does by itself; the operator at the command line, if absent. */
                actor?: string | null;
                /** @description When. */
                at: components["schemas"]["Instant"];
                /** @description To what. */
                subject: string;
            }[];
        };
        /** @description A list that is given whole. */
        List_CustomerRow: {
            /** @description Its items. */
            items: {
                /** @description The agent who looks after them, by address. */
                account_manager?: string | null;
                /** @description Their company. */
                company?: string | null;
                /** @description Their address; empty where only an account id is known. */
                email: string;
                /** @description Who. */
                id: string;
                /** @description Whether they get white-glove care. */
                is_vip: boolean;
                /** @description As they are addressed. */
                name: string;
                /** @description Their tier. */
                tier?: string | null;
            }[];
        };
        /** @description A list that is given whole. */
        List_KeyRow: {
            /** @description Its items. */
            items: {
                /** @description When it was made. */
                created_at: components["schemas"]["Instant"];
                /** @description When it ends. */
                expires_at: components["schemas"]["Instant"];
                /** @description Which. */
                id: string;
                last_used_at?: components["schemas"]["Instant"] | null;
                /** @description As people call it. */
                name: string;
                /** @description What it may do. */
                scopes: components["schemas"]["Scope"][];
            }[];
        };
        /** @description A list that is given whole. */
        List_Proposal: {
            /** @description Its items. */
            items: {
                /** @description When. */
                at: components["schemas"]["Instant"];
                /** @description Who proposes it. */
                author: string;
                /** @description The version in force that it was made on; it is approved only as long as that is. */
                base: string;
                decided_at?: components["schemas"]["Instant"] | null;
                /** @description Who decided, once somebody has. */
                decided_by?: string | null;
                /** @description Why. */
                decision?: string | null;
                /** @description Which. */
                id: string;
                /** @description Whether that is who asks. */
                is_own: boolean;
                /** @description Why. */
                reason: string;
                /** @description What became of it. */
                state: components["schemas"]["ProposalState"];
                /** @description The version that its text has. */
                version: string;
            }[];
        };
        /** @description A list that is given whole. */
        List_Queue: {
            /** @description Its items. */
            items: {
                /** @description Days without anybody, as `2026-12-24`. */
                holidays: string[];
                /** @description When somebody is there; empty where it is always. */
                hours: {
                    [key: string]: string[][];
                };
                /** @description Whether somebody is there day and night. */
                is_always: boolean;
                /** @description Its short name. */
                key: string;
                /** @description Its name, for people. */
                name: string;
                /**
                 * Format: int32
                 * @description How long an offer stands, in seconds.
                 */
                offer_s: number;
                /**
                 * Format: int32
                 * @description After how long nobody's accepting has a consequence, in seconds.
                 */
                overflow_after_s: number;
                /** @description The queue that takes over then; a follow-up, if absent. */
                overflow_to?: string | null;
                /** @description What an agent must be able to handle. */
                skills: string[];
                /**
                 * Format: int32
                 * @description The wait it aims for, in seconds.
                 */
                target_s: number;
                /** @description Its name in a sentence to customers: "our billing team". */
                team: string;
                /** @description The IANA time zone of its hours. */
                zone: string;
            }[];
        };
        /** @description A list that is given whole. */
        List_TaughtVersion: {
            /** @description Its items. */
            items: {
                /** @description How customers ask for it. */
                asked: string[];
                /** @description When. */
                at: components["schemas"]["Instant"];
                /** @description Who; absent for what the server was started with. */
                author?: string | null;
                /** @description The Markdown. */
                body: string;
                /** @description The category; empty for instructions. */
                category: string;
                fixes?: components["schemas"]["FixedCluster"] | null;
                /** @description How it came to be. */
                kind: components["schemas"]["VersionKind"];
                /** @description Why. */
                reason: string;
                /** @description The article; absent for the instructions. */
                slug?: string | null;
                /** @description Where its words come from. */
                sources: components["schemas"]["ArticleSource"][];
                /** @description The title; empty for instructions. */
                title: string;
                /**
                 * Format: int32
                 * @description From 1; 0 is what the server was started with.
                 */
                version: number;
            }[];
        };
        /** @description A list that is given whole. */
        List_Trial: {
            /** @description Its items. */
            items: {
                /**
                 * Format: int32
                 * @description How far the escalation rates may be apart, in points of a hundred.
                 */
                band_points: number;
                /** @description The version in force beside it. */
                base: string;
                /** @description Why. */
                end_reason?: string | null;
                ended_at?: components["schemas"]["Instant"] | null;
                /** @description Who ended it; nobody where Segue did. */
                ended_by?: string | null;
                /** @description Which. */
                id: string;
                /** @description How. */
                mode: components["schemas"]["TrialMode"];
                /** @description The proposal that it was begun from. */
                proposal?: string | null;
                /** @description Why. */
                reason: string;
                /**
                 * Format: double
                 * @description The share of conversations that a canary decides.
                 */
                share?: number | null;
                /** @description When it began. */
                started_at: components["schemas"]["Instant"];
                /** @description Who began it. */
                started_by: string;
                /** @description What became of it. */
                state: components["schemas"]["TrialState"];
                /** @description What has been counted, until now or until its end. */
                tally: components["schemas"]["TrialTally"];
                /** @description What is tried. */
                version: string;
            }[];
        };
        /** @description A list that is given whole. */
        List_WordingRow: {
            /** @description Its items. */
            items: {
                /** @description Whether it is the one that ships with the program. */
                is_default: boolean;
                /** @description The language. */
                locale: string;
                /** @description What it is for. */
                notice: components["schemas"]["TextKey"];
                /** @description The template. */
                text: string;
            }[];
        };
        /**
         * @description Which conversations to list.
         * @enum {string}
         */
        ListState: "open" | "closed" | "imported" | "flagged" | "all";
        /** @description How well the loop from failure to fix is kept up. */
        LoopHealth: {
            /**
             * Format: int32
             * @description Clusters with ten failures within four weeks that nobody has done anything about for
             *     two weeks.
             */
            broken: number;
            /**
             * Format: int32
             * @description Clusters of half a year with five failures or more.
             */
            clusters: number;
            /**
             * Format: int32
             * @description Those of them against which something was published.
             */
            fixed: number;
            /**
             * Format: int32
             * @description Handoffs of the window that were dealt with.
             */
            handoffs: number;
            /**
             * Format: int32
             * @description Those of them with a reason.
             */
            tagged: number;
            /**
             * Format: double
             * @description The median time from the first failure of a cluster to a publication against it, in
             *     seconds; absent where fewer than half have one.
             */
            to_publish_s?: number | null;
        };
        /** @description Who is signed in, and what they may do. */
        Me: {
            /** @description The person. */
            agent: components["schemas"]["MeAgent"];
            /** @description What their role allows. */
            allowed: {
                [key: string]: components["schemas"]["Permit"];
            };
            /**
             * Format: int32
             * @description How many conversations at once.
             */
            capacity: number;
            /**
             * Format: int32
             * @description How many they have, pending offers included.
             */
            load: number;
            /** @description What they say of themselves. */
            presence: components["schemas"]["Presence"];
            /** @description Where the widget is. */
            widget_url: string;
            /** @description Their workspace. */
            workspace: components["schemas"]["MeWorkspace"];
        };
        /** @description The person who is signed in. */
        MeAgent: {
            /** @description The sign-in name. */
            email: string;
            /** @description Who. */
            id: string;
            /** @description As people read it. */
            name: string;
            /** @description What they may do. */
            role: components["schemas"]["Role"];
        };
        /** @description A mean against its target. */
        MeanOf: {
            /**
             * Format: double
             * @description The mean; nothing where n is 0.
             */
            mean: number | null;
            /**
             * Format: int32
             * @description Over how many.
             */
            n: number;
            /**
             * Format: double
             * @description What it is meant to be.
             */
            target: number | null;
        };
        /** @description The caller in short. */
        MeAtWork: {
            /**
             * Format: int32
             * @description How many conversations at once.
             */
            capacity: number;
            /**
             * Format: int32
             * @description How many they have, pending offers included.
             */
            load: number;
            /** @description What they say of themselves. */
            presence: components["schemas"]["Presence"];
        };
        /** @description What the customer writes. */
        MessageBody: {
            /** @description The browser's own name of this message: sending it again adds nothing. */
            client_id: string;
            /** @description The words. */
            text: string;
        };
        /** @description Their workspace. */
        MeWorkspace: {
            /** @description Which. */
            id: string;
            /** @description Whether it is the demo. */
            is_demo: boolean;
            /** @description The company's name. */
            name: string;
        };
        /** @description The mood at one customer turn. */
        Mood: {
            /**
             * Format: int32
             * @description The turn.
             */
            turn: number;
            /**
             * Format: double
             * @description −1 to 1.
             */
            value: number;
        };
        /** @description An article that is found for questions. */
        NearestArticle: {
            /** @description Its name. */
            slug: string;
            /** @description Its title. */
            title: string;
        };
        /** @description A condition that missed by little. */
        Nearly: {
            /** @description The condition, as the policy writes it. */
            condition: string;
            /**
             * Format: double
             * @description By how much it missed, in the signal's unit.
             */
            missed_by: number;
            /** @description The rule it belongs to. */
            rule: string;
            /** @description The same in a sentence. */
            sentence: string;
            /**
             * Format: double
             * @description What it was held against.
             */
            threshold: number;
            /**
             * Format: double
             * @description What was measured; a flag is 0 or 1.
             */
            value: number;
        };
        /** @description A condition that missed by little. */
        NearMiss: {
            /** @description The condition, as the policy writes it. */
            condition: string;
            /**
             * Format: double
             * @description By how much it missed.
             */
            missed_by: number;
            /** @description The rule it belongs to. */
            rule: string;
            /**
             * Format: double
             * @description What it was held against.
             */
            threshold: number;
            /**
             * Format: double
             * @description What was measured.
             */
            value: number;
        };
        /** @description A private note. */
        NoteBody: {
            /** @description The words. */
            text: string;
        };
        /** @description A private note. */
        NoteItem: {
            /** @description Who wrote it. */
            agent: components["schemas"]["Person"];
            /** @description When. */
            at: components["schemas"]["Instant"];
            /** @description The words. */
            text: string;
            /**
             * Format: int64
             * @description The entry it came with.
             */
            version: number;
        };
        /** @description A body without anything in it: `{}`, or none at all. */
        Nothing: Record<string, never>;
        /**
         * @description What a system turn tells the customer.
         * @enum {string}
         */
        Notice: "welcome" | "handoff_warm" | "handoff_cold" | "takeover" | "after_hours" | "wait_extended" | "requeued" | "agent_joined" | "transferred" | "hand_back" | "contact_taken" | "expired" | "review_started" | "closed";
        /** @description A line that the system said to the customer along with it. */
        NoticeAnswer: {
            /** @description What it is for. */
            notice: components["schemas"]["Notice"];
            /** @description The words, to be shown to the customer. */
            text: string;
            /**
             * Format: int32
             * @description The turn's place.
             */
            turn: number;
        };
        /** @description A proposal to the caller. */
        OfferCard: {
            /** @description Of which conversation. */
            conversation: string;
            /** @description Of which escalation. */
            escalation_id: string;
            /** @description When it ends by itself. */
            expires_at: components["schemas"]["Instant"];
            /** @description Which. */
            offer_id: string;
            /** @description When it was made. */
            offered_at: components["schemas"]["Instant"];
            /** @description The conversation. */
            row: components["schemas"]["QueueRow"];
        };
        /** @description A proposal to an agent. */
        OfferItem: {
            /** @description To whom. */
            agent: components["schemas"]["Person"];
            /** @description When. */
            at: components["schemas"]["Instant"];
            /** @description Which. */
            offer_id: string;
            reason?: components["schemas"]["DeclineReason"] | null;
            /** @description What became of it. */
            state: components["schemas"]["OfferState"];
            /**
             * Format: int64
             * @description The entry it came with.
             */
            version: number;
        };
        /**
         * @description What becomes of an offer.
         * @enum {string}
         */
        OfferState: "pending" | "accepted" | "declined" | "timed_out" | "rescinded";
        /** @description A conversation that somebody's own assistant answers. */
        OpenBody: {
            /** @description Where it takes place; `api` if absent. */
            channel?: string | null;
            customer?: components["schemas"]["CustomerRef"] | null;
            /** @description Its name in the developer's own system. */
            external_id?: string | null;
            /**
             * @description Unverified facts. They are shown to staff and never judged: names that the
             *     policy language knows (`tier`, `vip`, `authenticated` …) are refused.
             */
            facts?: {
                [key: string]: components["schemas"]["FactGiven"];
            };
            /** @description Their language, as BCP 47. */
            locale?: string | null;
            /** @description The page it takes place on. */
            page?: string | null;
        };
        /** @description The conversation that was opened. */
        Opened: {
            /**
             * Format: int32
             * @description The epoch that the assistant speaks under.
             */
            epoch: number;
            /** @description Who may speak. */
            floor: components["schemas"]["Floor"];
            /** @description Which. */
            id: string;
            /**
             * Format: int64
             * @description The version of the stream.
             */
            version: number;
        };
        /** @description The open escalation. */
        OpenEscalation: {
            accepted_by?: components["schemas"]["Person"] | null;
            announced_until?: components["schemas"]["Instant"] | null;
            due_at?: components["schemas"]["Instant"] | null;
            /** @description Which. */
            id: string;
            /** @description How it was handed over. */
            kind: components["schemas"]["HandoffKind"];
            offer?: components["schemas"]["OpenOffer"] | null;
            /** @description Whether the caller has read the packet. */
            packet_read: boolean;
            /** @description Where. */
            queue: string;
            /** @description Where, for people. */
            queue_name: string;
            /** @description Why, as the customer may read it. */
            reason: string;
            /** @description When it was requested. */
            requested_at: components["schemas"]["Instant"];
            /** @description The root causes that the policy offers at wrap-up, in order. */
            root_causes: components["schemas"]["RootCause"][];
            /** @description The rule that asked for it. */
            rule: string;
            /** @description How far it has come. */
            state: components["schemas"]["EscalationState"];
            suggested_root_cause?: components["schemas"]["RootCause"] | null;
            /** @description The class of trigger. */
            trigger: components["schemas"]["Trigger"];
        };
        /** @description What a conversation was opened with. */
        Opening: {
            /** @description Which assistant answers. */
            assistant: components["schemas"]["AssistantKind"];
            /** @description The browser, in words. */
            browser?: string | null;
            /** @description Where it takes place: `widget`, `api`, `import`. */
            channel: string;
            desk?: components["schemas"]["DeskPlace"] | null;
            /** @description Its name in the file, or in the developer's own system. */
            external_id?: string | null;
            /** @description The customer's language, as BCP 47. */
            locale?: string | null;
            /** @description When it began. */
            opened_at: components["schemas"]["Instant"];
            /** @description Where it comes from. */
            origin: components["schemas"]["OriginWord"];
            /** @description The page it was opened on. */
            page?: string | null;
            /** @description Where the file got it. */
            source?: string | null;
        };
        /** @description An open offer. */
        OpenOffer: {
            /** @description To whom. */
            agent: components["schemas"]["Person"];
            /** @description When it ends by itself. */
            expires_at: components["schemas"]["Instant"];
            /** @description Which. */
            id: string;
        };
        /**
         * @description Where a conversation comes from.
         * @enum {string}
         */
        OriginWord: "live" | "demo" | "imported";
        /** @description How often something happened. */
        OutcomeCount: {
            /**
             * Format: int64
             * @description How often.
             */
            count: number;
            /** @description What, for people. */
            what: string;
        };
        /** @description How a conversation of a file really went. */
        OutcomeItem: {
            /** @description When. */
            at: components["schemas"]["Instant"];
            /** @description Label and value. */
            labels: {
                [key: string]: string;
            };
            /**
             * Format: int64
             * @description The entry it came with.
             */
            version: number;
        };
        /** @description One part of the bar of outcomes. */
        OutcomeShare: {
            /** @description `escalated`, `returned`, `resolved`, `unmet` or `ambiguous`. */
            key: string;
            /**
             * Format: int32
             * @description How many conversations.
             */
            n: number;
            /**
             * Format: double
             * @description Their share of those with the assistant, 0 where there are none.
             */
            share: number;
        };
        /** @description The context of one handoff. */
        Packet: {
            /** @description What was tried, in order. */
            attempted_solutions: components["schemas"]["Attempt"][];
            /** @description Hash of its contents, in hexadecimal; of the extracted ones alone. */
            content_hash: string;
            /** @description What the customer wants, in one sentence. */
            core_intent: components["schemas"]["Cited"];
            /** @description Numbers, codes and references that were named. */
            entities: components["schemas"]["Entity"][];
            generated?: components["schemas"]["Generated"] | null;
            /** @description What is known of the customer; empty for programs. */
            metadata: components["schemas"]["Labelled"][];
            /** @description What is still to be found out. */
            open_questions: string[];
            /** @description The policy under which the handoff was decided. */
            policy: string;
            /** @description The mood by customer turn. */
            sentiment_curve: components["schemas"]["Mood"][];
            /** @description A first line to send. */
            suggested_first_line: string;
            /** @description What is wanted and what was done. */
            summary: components["schemas"]["Cited"][];
            /**
             * Format: int32
             * @description The last turn that it takes account of.
             */
            through: number;
            /** @description Why now. */
            trigger: components["schemas"]["TriggerNote"];
        };
        /** @description For how long the packet was in view. */
        PacketReadBody: {
            /**
             * Format: int64
             * @description In milliseconds.
             */
            dwell_ms: number;
        };
        /** @description An agent opened the packet. */
        PacketReadItem: {
            /** @description Who. */
            agent: components["schemas"]["Person"];
            /** @description When. */
            at: components["schemas"]["Instant"];
            /**
             * Format: int64
             * @description For how long it was in view, in milliseconds.
             */
            dwell_ms: number;
            /**
             * Format: int64
             * @description The entry it came with.
             */
            version: number;
        };
        /** @description Whether the caller may do something now, and if not, why not. */
        Permit: {
            /** @description Always true. */
            ok: boolean;
        } | {
            /** @description The code that the request would be refused with. */
            code: string;
            /** @description Always false. */
            ok: boolean;
            /** @description The same for people. */
            reason: string;
        };
        /** @description A person of the workspace. */
        Person: {
            /**
             * @description Who.
             * @example agt_0198c0f27d3b7a51b9d50c1a7e5a4d10
             */
            id: string;
            /** @description As people read it. */
            name: string;
        };
        /** @description The policy in force. */
        PolicyAnswer: {
            /** @description When it came into force. */
            activated_at: components["schemas"]["Instant"];
            /** @description Who put it in force. */
            by?: string | null;
            /** @description The version that one step back leads to. */
            can_roll_back_to?: string | null;
            /** @description The whole in sentences. */
            explain: string;
            /** @description What is allowed and probably not meant. */
            lints: components["schemas"]["PolicyNote"][];
            /**
             * Format: int64
             * @description How many proposals wait for a decision.
             */
            open_proposals: number;
            /** @description Why; none for the one that ships. */
            reason?: string | null;
            /** @description The file. */
            text: string;
            trial?: components["schemas"]["Trial"] | null;
            /** @description Its version; give it back in `If-Match` or `version` so that nobody's change is overwritten. */
            version: string;
            /** @description What came into force, newest first: a version as often as it did. */
            versions: components["schemas"]["PolicyVersionRow"][];
        };
        /** @description A policy's text, to be checked. */
        PolicyBody: {
            /** @description The file. */
            text: string;
        };
        /** @description One difference. */
        PolicyChange: {
            /** @description What stands there now. */
            after?: string | null;
            /** @description What stood there. */
            before?: string | null;
            /** @description Where: `bands.accept`. */
            path: string;
            /** @description What it means, as a clause. */
            sentence: string;
            /** @description What happened. */
            what: components["schemas"]["PolicyChangeKind"];
        };
        /**
         * @description What happened to a part of a policy.
         * @enum {string}
         */
        PolicyChangeKind: "added" | "removed" | "changed" | "moved";
        /** @description Something about a policy's text. */
        PolicyNote: {
            /** @description The kind. */
            code: string;
            /**
             * Format: int32
             * @description The column, from 1; 0 where there is none.
             */
            column: number;
            /** @description What to do about it. */
            hint?: string | null;
            /**
             * Format: int32
             * @description The line, from 1; 0 where there is none.
             */
            line: number;
            /** @description What is wrong or odd. */
            message: string;
            /** @description Where in the tree. */
            path: string;
        };
        /** @description A version with its text, which never changes. */
        PolicyText: {
            /** @description When it came into force last. */
            activated_at: components["schemas"]["Instant"];
            /** @description Who put it in force; nobody for the one that ships. */
            by?: string | null;
            /** @description The file. */
            text: string;
            /** @description Its name. */
            version: string;
        };
        /** @description That a version came into force. */
        PolicyVersionRow: {
            /** @description When it came into force. */
            activated_at: components["schemas"]["Instant"];
            /** @description Who put it in force; nobody for the one that ships, and where Segue did it. */
            by?: string | null;
            /** @description How. */
            kind: components["schemas"]["ActivationKind"];
            /** @description Why; none for the one that ships. */
            reason?: string | null;
            /** @description Its name. */
            version: string;
        };
        /**
         * @description Whether an agent can be offered work.
         * @enum {string}
         */
        Presence: "available" | "busy" | "away" | "offline";
        /** @description What the caller says of themselves. */
        PresenceBody: {
            /** @description What. */
            presence: components["schemas"]["Presence"];
        };
        /**
         * @description The head start in the queue.
         * @enum {string}
         */
        Priority: "normal" | "high" | "vip" | "urgent";
        /** @description A conversation as the program that opened it reads it. */
        ProgramConversation: {
            /**
             * Format: int32
             * @description The current epoch.
             */
            epoch: number;
            /** @description Who may speak. */
            floor: components["schemas"]["Floor"];
            hand_back?: components["schemas"]["Brief"] | null;
            /** @description Which. */
            id: string;
            /** @description What everybody in it has seen, in order. */
            turns: components["schemas"]["Turn"][];
            /**
             * Format: int64
             * @description The version of the stream.
             */
            version: number;
            wait?: components["schemas"]["Wait"] | null;
        };
        /** @description A text that somebody would like to be in force. */
        Proposal: {
            /** @description When. */
            at: components["schemas"]["Instant"];
            /** @description Who proposes it. */
            author: string;
            /** @description The version in force that it was made on; it is approved only as long as that is. */
            base: string;
            decided_at?: components["schemas"]["Instant"] | null;
            /** @description Who decided, once somebody has. */
            decided_by?: string | null;
            /** @description Why. */
            decision?: string | null;
            /** @description Which. */
            id: string;
            /** @description Whether that is who asks. */
            is_own: boolean;
            /** @description Why. */
            reason: string;
            /** @description What became of it. */
            state: components["schemas"]["ProposalState"];
            /** @description The version that its text has. */
            version: string;
        };
        /** @description A policy to propose. */
        ProposalBody: {
            /** @description Why, in 1 to 500 characters. Without one it is refused. */
            reason?: string | null;
            /** @description The file. */
            text: string;
            /** @description The version in force that it was made on. */
            version: string;
        };
        /** @description A proposal with its text. */
        ProposalDetail: components["schemas"]["Proposal"] & {
            /** @description The file that it was made on. */
            base_text: string;
            /** @description The file that is proposed. */
            text: string;
        };
        /**
         * @description What became of a proposal.
         * @enum {string}
         */
        ProposalState: "open" | "approved" | "rejected" | "withdrawn";
        /** @description A proposed article or edit, to be read and changed before it is published. */
        ProposedArticle: {
            /** @description How customers ask for it, in their words. */
            asked: string[];
            /**
             * Format: int32
             * @description The version that it changes; 0 for a new article and for one the server was started with.
             */
            base: number;
            /** @description The Markdown; empty where agents said nothing that can be taken over. */
            body: string;
            /** @description The text that it changes; absent for a new article. */
            body_before?: string | null;
            /** @description The category. */
            category: string;
            /** @description The model that put it into words; absent where they are the agents' own. */
            model?: string | null;
            nearest?: components["schemas"]["NearestArticle"] | null;
            /** @description How many conversations that an agent dealt with were read for it. */
            resolutions: number;
            /** @description The article's name. */
            slug: string;
            /** @description Where its words come from. */
            sources: components["schemas"]["ArticleSource"][];
            /** @description The title. */
            title: string;
        };
        /** @description Where escalations wait. */
        Queue: {
            /** @description Days without anybody, as `2026-12-24`. */
            holidays: string[];
            /** @description When somebody is there; empty where it is always. */
            hours: {
                [key: string]: string[][];
            };
            /** @description Whether somebody is there day and night. */
            is_always: boolean;
            /** @description Its short name. */
            key: string;
            /** @description Its name, for people. */
            name: string;
            /**
             * Format: int32
             * @description How long an offer stands, in seconds.
             */
            offer_s: number;
            /**
             * Format: int32
             * @description After how long nobody's accepting has a consequence, in seconds.
             */
            overflow_after_s: number;
            /** @description The queue that takes over then; a follow-up, if absent. */
            overflow_to?: string | null;
            /** @description What an agent must be able to handle. */
            skills: string[];
            /**
             * Format: int32
             * @description The wait it aims for, in seconds.
             */
            target_s: number;
            /** @description Its name in a sentence to customers: "our billing team". */
            team: string;
            /** @description The IANA time zone of its hours. */
            zone: string;
        };
        /** @description A queue as it is to be. */
        QueueBody: {
            /** @description Days without anybody. */
            holidays?: string[];
            /** @description When somebody is there, by `mon` … `sun`. */
            hours?: {
                [key: string]: string[][];
            };
            /** @description Whether somebody is there day and night; then the hours are not looked at. */
            is_always?: boolean;
            /** @description Its short name; only where it is made. */
            key?: string | null;
            /** @description Its name, for people. */
            name: string;
            /**
             * Format: int32
             * @description How long an offer stands, in seconds.
             */
            offer_s: number;
            /**
             * Format: int32
             * @description After how long nobody's accepting has a consequence, in seconds.
             */
            overflow_after_s: number;
            /** @description The queue that takes over then; a follow-up, if absent. */
            overflow_to?: string | null;
            /** @description What an agent must be able to handle. */
            skills?: string[];
            /**
             * Format: int32
             * @description The wait it aims for, in seconds.
             */
            target_s: number;
            /** @description Its name in a sentence to customers. */
            team: string;
            /** @description The IANA time zone of its hours. */
            zone: string;
        };
        /** @description One queue at a glance. */
        QueueCount: {
            /**
             * Format: int32
             * @description How many agents of it take offers now.
             */
            available_agents: number;
            /** @description Whether it is open by its hours. */
            is_open: boolean;
            /** @description Its key. */
            key: string;
            /** @description Its name. */
            name: string;
            opens_at?: components["schemas"]["Instant"] | null;
            /**
             * Format: int32
             * @description How many wait in it.
             */
            waiting: number;
        };
        /** @description A conversation that waits. */
        QueueRow: components["schemas"]["Row"] & {
            due_at?: components["schemas"]["Instant"] | null;
            /** @description Whether the assistant is cut off. */
            is_cold: boolean;
            /** @description Whether an address was left. */
            is_contact_left: boolean;
            /** @description How it was handed over. */
            kind: components["schemas"]["HandoffKind"];
            not_offered_until?: components["schemas"]["Instant"] | null;
            offered_to?: components["schemas"]["Person"] | null;
            /**
             * Format: int32
             * @description The place in line, from 1; 0 for what was promised for later.
             */
            position: number;
            /** @description Its class. */
            priority: components["schemas"]["Priority"];
            /** @description Where it waits. */
            queue: string;
            /** @description Where, for people. */
            queue_name: string;
            /** @description By when somebody should accept. */
            target_at: components["schemas"]["Instant"];
            /** @description The class of trigger. */
            trigger: components["schemas"]["Trigger"];
            /** @description The same for people: "asked for a person". */
            trigger_text: string;
            /** @description Since when. */
            waiting_since: components["schemas"]["Instant"];
        };
        /** @description The customer judged. */
        RatedItem: {
            /** @description When. */
            at: components["schemas"]["Instant"];
            /** @description Whose part. */
            part: components["schemas"]["RatedPart"];
            /**
             * Format: int32
             * @description 1–5.
             */
            score: number;
            /** @description In their words. */
            text?: string | null;
            /**
             * Format: int64
             * @description The entry it came with.
             */
            version: number;
        };
        /**
         * @description Whose part of an episode is rated.
         * @enum {string}
         */
        RatedPart: "assistant" | "agent";
        /** @description Which parts of the episode can be rated. */
        Rating: {
            /** @description The person's. */
            agent: components["schemas"]["RatingState"];
            /** @description The assistant's. */
            assistant: components["schemas"]["RatingState"];
        };
        /** @description A rating of one part. */
        RatingBody: {
            /** @description Whose part. */
            part: components["schemas"]["RatedPart"];
            /**
             * Format: int32
             * @description 1–5.
             */
            score: number;
            /** @description In their words. */
            text?: string | null;
        };
        /**
         * @description Whether one part of an episode can be rated.
         * @enum {string}
         */
        RatingState: "open" | "done" | "none";
        /** @description A share with what is needed to judge it. */
        Ratio: {
            /**
             * @description The newest conversations behind it, at most as many as `shown`
             *     asks for.
             */
            conversations: string[];
            /**
             * Format: int32
             * @description Of how many.
             */
            denominator: number;
            /** @description The formula in words. */
            formula: string;
            /**
             * Format: double
             * @description The upper end.
             */
            hi: number | null;
            /** @description Whether it may still change for the conversations counted. */
            is_provisional: boolean;
            /**
             * Format: double
             * @description The lower end of the 95 % Wilson interval.
             */
            lo: number | null;
            matures_at?: components["schemas"]["Instant"] | null;
            /**
             * Format: int32
             * @description How many count.
             */
            numerator: number;
            /**
             * Format: double
             * @description The value of the period before.
             */
            previous: number | null;
            /** @description Where it is meant to be. */
            target: components["schemas"]["Target"];
            /**
             * Format: double
             * @description Numerator over denominator; nothing where the denominator is 0.
             */
            value: number | null;
        };
        /** @description Why something is done. */
        ReasonBody: {
            /** @description In 1 to 500 characters; kept. Without one it is refused. */
            reason?: string | null;
        };
        /** @description One reason for handoffs beside the week before. */
        ReasonChange: {
            /** @description The newest conversations behind it. */
            conversations: string[];
            /** @description Whether it is more than chance, given how many reasons there are. */
            is_clear: boolean;
            /** @description Its name in code. */
            key: string;
            /** @description For people. */
            label: string;
            /**
             * Format: int32
             * @description How many handoffs this week.
             */
            n: number;
            /**
             * Format: int32
             * @description The week before.
             */
            n_before: number;
            /**
             * Format: double
             * @description The two-sided chance of so great a difference where nothing changed.
             */
            p?: number | null;
            /**
             * Format: double
             * @description Handoffs for each 100 conversations.
             */
            per_100: number;
            /**
             * Format: double
             * @description The week before.
             */
            per_100_before: number;
        };
        /** @description How far the figures have been rebuilt from the log. */
        RebuildProgress: {
            /**
             * Format: int64
             * @description The last place, as it was when the reading began.
             */
            end: number;
            /**
             * Format: int64
             * @description The place in the log up to which everything is in the figures.
             */
            read_up_to: number;
        };
        /** @description What to do. */
        Recommendation: {
            certificate?: components["schemas"]["Certificate"] | null;
            /** @description Where to. */
            direction: components["schemas"]["TuneDirection"];
            /** @description Why it goes less far than the evidence would bear. */
            held_back?: string | null;
            /** @description What it means, in a sentence. */
            sentence: string;
            /**
             * Format: double
             * @description The threshold; none where nothing can be promised.
             */
            threshold?: number | null;
        };
        /** @description One recorded outcome beside the would-have verdicts. */
        RecordedOutcome: {
            /**
             * Format: int32
             * @description For how many of them a person would have come.
             */
            escalate: number;
            /** @description What was recorded. */
            label: string;
            /**
             * Format: int32
             * @description How many conversations have it.
             */
            n: number;
            /** @description Its value. */
            value: string;
        };
        /** @description Why nothing can be promised. */
        Refusal: {
            /** @description Which. */
            code: string;
            /**
             * Format: int64
             * @description Judgements that are still needed; 0 where more of them would not help.
             */
            needed: number;
            /** @description For people. */
            sentence: string;
        };
        /** @description A draft goes out. */
        ReleaseBody: {
            /** @description Other words instead. */
            text?: string | null;
        };
        /** @description How many came back. */
        RepeatContact: {
            /**
             * Format: double
             * @description The share of these of which it is known who asked.
             */
            coverage: number | null;
            /** @description Of the resolved conversations of known customers. */
            rate: components["schemas"]["Ratio"];
            /**
             * Format: int32
             * @description How many are resolved, of known customers or not.
             */
            resolved: number;
        };
        /**
         * @description What the built-in assistant says in its own words.
         * @enum {string}
         */
        Reply: "reply_machine" | "reply_thanks" | "reply_farewell" | "reply_greeting" | "reply_understood" | "clarify_open" | "clarify_one" | "clarify_two";
        /** @description A reply to the customer. */
        ReplyBody: {
            /**
             * Format: int32
             * @description The epoch that the writer saw.
             */
            epoch: number;
            /** @description The words. */
            text: string;
        };
        /** @description One recommendation. */
        ReportAction: {
            /** @description The newest conversations behind it. */
            conversations: string[];
            /** @description What says so, with figures. */
            evidence: string;
            /** @description What its button says. */
            label: string;
            /** @description Its address in the console. */
            path: string;
            /** @description `tuning`, `learning`, `policy`, `dashboard`, `queues` or `review`: where to do it. */
            place: string;
            /** @description What to do, in one sentence. */
            title: string;
        };
        /** @description When the report is sent, to whom, and how that goes. */
        ReportSchedule: {
            again_at?: components["schemas"]["Instant"] | null;
            alarm_since?: components["schemas"]["Instant"] | null;
            /** @description What went wrong last; nothing where nothing did. */
            error?: string | null;
            /** @description Whether a mail server is connected. */
            has_mail: boolean;
            /** @description The programs that hear of it too, by their names in the operator's file. */
            hooks: string[];
            /**
             * Format: int32
             * @description The local hour, 0–23.
             */
            hour: number;
            /** @description Whether the demo's history counts. */
            include_demo: boolean;
            /** @description Whether it is sent at all. */
            is_on: boolean;
            /** @description The e-mail addresses it goes to. */
            recipients: string[];
            sent_at?: components["schemas"]["Instant"] | null;
            /**
             * Format: int32
             * @description The day, 0 is Monday. The week itself ends on Monday at midnight.
             */
            weekday: number;
            /** @description The workspace's zone, in which the hour is meant. */
            zone: string;
        };
        /** @description Another schedule. */
        ReportScheduleBody: {
            /**
             * Format: int32
             * @description The local hour.
             */
            hour: number;
            /** @description Whether the demo's history counts. */
            include_demo?: boolean;
            /** @description Whether it is sent at all. */
            is_on: boolean;
            /** @description The e-mail addresses it goes to; 50 at most. */
            recipients: string[];
            /**
             * Format: int32
             * @description The day, 0 is Monday.
             */
            weekday: number;
        };
        /** @description Back to the queue. */
        RequeueBody: {
            /** @description A private note for whoever comes next. */
            note?: string | null;
        };
        /** @description Done. */
        ResolveBody: {
            /**
             * Format: int64
             * @description The agent's active time, in milliseconds.
             */
            active_ms: number;
            /** @description Whether the assistant could have dealt with it; absent where the agent does not say. */
            assistant_could?: boolean | null;
            /** @description How it ended. */
            disposition: components["schemas"]["Disposition"];
            /** @description The last line to the customer, instead of the policy's. */
            line?: string | null;
            /** @description Why the assistant could not. */
            root_cause: components["schemas"]["RootCause"];
        };
        /** @description One step of the evidence of retention. */
        RetentionStep: {
            /** @description `opened`, `dwelled`, `no_reask` or `acknowledged`. */
            key: string;
            /**
             * Format: int32
             * @description How many handoffs came so far.
             */
            n: number;
        };
        /** @description One document that the assistant found. */
        RetrievedGiven: {
            /** @description The document's id. */
            id: string;
            /**
             * Format: double
             * @description How well it fits, 0–1.
             */
            score: number;
            /** @description Its title. */
            title?: string | null;
        };
        /** @description What waits for a judgement. */
        ReviewAnswer: {
            /** @description How many were judged in the last 24 hours. */
            graded_today: number;
            /** @description The next ones, in an order by chance. */
            items: components["schemas"]["ReviewItem"][];
            /** @description How many wait, these included. */
            waiting: number;
        };
        /** @description One answer, drawn by chance. */
        ReviewItem: {
            /** @description What the assistant answered, or would have. */
            answer: string;
            article?: components["schemas"]["Article"] | null;
            /** @description What the customer asked. */
            asked: string;
            /** @description When it was given or held back. */
            at: components["schemas"]["Instant"];
            /**
             * Format: double
             * @description With what probability it was drawn.
             */
            by_chance: number;
            /** @description Where it stands. */
            conversation: string;
            /**
             * Format: double
             * @description What the bands held against it, 0–1.
             */
            score: number;
            /**
             * Format: int32
             * @description Its text in the conversation, to name it by.
             */
            text_ref: number;
            /**
             * Format: int32
             * @description The customer turn it was to answer.
             */
            turn: number;
            /** @description Whether the customer saw it. */
            was_shown: boolean;
        };
        /**
         * @description What a person may do.
         * @enum {string}
         */
        Role: "owner" | "admin" | "supervisor" | "agent" | "analyst";
        /** @description A way back. */
        RollBackBody: {
            /**
             * Format: int32
             * @description The latest version, as the caller knows it.
             */
            base: number;
            /** @description Why. */
            reason: string;
            /**
             * Format: int32
             * @description The version to go back to; 0 is what the server was started with.
             */
            version: number;
        };
        /**
         * @description Why the assistant could not.
         * @enum {string}
         */
        RootCause: "AI_Missing_Knowledge" | "AI_Looping" | "Complex_Troubleshooting" | "Tool_Failure" | "Policy" | "Customer_Request" | "AI_Wrong_Answer";
        /** @description A conversation in a list. */
        Row: {
            /** @description Which. */
            conversation: string;
            /** @description The customer, as they are addressed. */
            customer_name: string;
            /** @description Who may speak. */
            floor: components["schemas"]["Floor"];
            /** @description Whether it is part of the demo's history. */
            is_demo: boolean;
            /** @description Whether it is read from a file. */
            is_imported: boolean;
            /** @description Whether they get white-glove care. */
            is_vip: boolean;
            /** @description When it was last written to. */
            last_at: components["schemas"]["Instant"];
            /** @description Who wrote last. */
            last_author: components["schemas"]["AuthorKind"];
            /** @description What it is about, in a line. */
            subject: string;
            /** @description Their tier. */
            tier?: string | null;
        };
        /** @description A page of conversations, newest first. */
        RowPage: {
            /** @description The conversations. */
            items: components["schemas"]["Row"][];
            /** @description Where the next page begins; absent on the last. */
            next_cursor?: string | null;
        };
        /** @description Escalations by one rule. */
        RuleCount: {
            /**
             * Format: int64
             * @description How many.
             */
            count: number;
            /** @description Which. */
            rule: string;
        };
        /** @description Where one rule fired. */
        RuleCoverage: {
            /** @description The cases in which it fired. */
            fired_in: string[];
            /** @description The rule. */
            rule: string;
        };
        /** @description One rule that was tried. */
        RuleRead: {
            /** @description The conditions that held, for the one that fired. */
            because: string[];
            /** @description Whether it fired. */
            fired: boolean;
            /** @description Which. */
            rule: string;
        };
        /** @description How well one rule calls a person in. */
        RuleTiming: {
            /**
             * Format: int32
             * @description How many were too early.
             */
            early: number;
            /**
             * Format: int32
             * @description How many of its handoffs an agent dealt with.
             */
            handoffs: number;
            /**
             * Format: int32
             * @description How many were too late.
             */
            late: number;
            /**
             * Format: int32
             * @description How many conversations it came nearest to, of those that a person should have had.
             */
            missed: number;
            /** @description The share that was not too early, of those that agents judged. */
            precision: components["schemas"]["Estimate"];
            /** @description The share that was called in, of those that needed a person. */
            recall: components["schemas"]["Estimate"];
            /** @description Its name. */
            rule: string;
            /** @description The share that was in time, of those that needed a person and got one. */
            timeliness: components["schemas"]["Estimate"];
        };
        /** @description How well the rules call a person in. */
        RuleTimings: {
            /** @description By rule, most handoffs and misses first. */
            rules: components["schemas"]["RuleTiming"][];
            /** @description All of them, and what no rule came near to; its rule has no name. */
            whole: components["schemas"]["RuleTiming"];
        };
        /** @description What a turn did. */
        Said: {
            /**
             * Format: int32
             * @description The epoch after it.
             */
            epoch: number;
            /**
             * Format: int32
             * @description The turn's place.
             */
            turn: number;
            /**
             * Format: int64
             * @description The version of what was written.
             */
            version: number;
        };
        /**
         * @description What a key may do.
         * @enum {string}
         */
        Scope: "turn:write" | "conv:read" | "escalate" | "draft:write";
        /** @description The service level. */
        ServiceLevel: {
            /** @description The formula's name among those in use: `SL-A`. */
            formula_id: string;
            /** @description Its value. */
            rate: components["schemas"]["Ratio"];
        };
        /** @description A browser comes, or comes back. */
        SessionBody: {
            /** @description Who it is, signed by the site's own backend. */
            identity?: string | null;
            /** @description The language, as BCP 47. */
            locale?: string | null;
            /** @description The token it had, to be renewed. */
            visitor?: string | null;
        };
        /** @description Whether the server waits to be claimed. */
        SetupAnswer: {
            /** @description Whether it does. */
            needed: boolean;
        };
        /** @description Claims a server. */
        SetupBody: {
            /** @description The code that the server printed when it started. */
            code: string;
            /** @description The company's name, as customers read it. */
            company: string;
            /** @description The owner's e-mail address. */
            email: string;
            /** @description The owner's name. */
            name: string;
            /** @description At least 12 characters. */
            password: string;
        };
        /** @description What would have followed under a version that was tried. */
        ShadowSaid: {
            /** @description Which. */
            policy: string;
            /** @description The rule that decided. */
            rule: string;
            /** @description What would have followed. */
            verdict: components["schemas"]["VerdictWord"];
        };
        /** @description One share in two periods. */
        SharePair: {
            /**
             * Format: double
             * @description Of the later one, at the mix of cases of the earlier.
             */
            after: number;
            /**
             * Format: double
             * @description Of the later one as it was.
             */
            after_raw: number;
            /**
             * Format: double
             * @description Of the earlier period, 0–1.
             */
            before: number;
            /**
             * Format: int32
             * @description In how many kinds of cases.
             */
            cells: number;
            /** @description Whether it moved as gatekeeping would move it. */
            is_moved: boolean;
            /**
             * Format: int32
             * @description Cases of the later one.
             */
            n_after: number;
            /**
             * Format: int32
             * @description Cases of the earlier period.
             */
            n_before: number;
            /**
             * Format: double
             * @description The standard score of the difference.
             */
            z: number;
        };
        /** @description One signal that was present. */
        SignalRead: {
            /** @description Where it shows. */
            evidence: components["schemas"]["Evidence"][];
            /** @description Whether the verdict rests on it: a rule that fired reads it. */
            is_reason: boolean;
            /**
             * Format: double
             * @description How strong the evidence is, 0–1.
             */
            score: number;
            /** @description Its name. */
            signal: string;
            /**
             * Format: double
             * @description Its value; a flag is 0 or 1.
             */
            value: number;
        };
        /** @description Signs in. */
        SignInBody: {
            /** @description The e-mail address. */
            email: string;
            /** @description The password. */
            password: string;
        };
        /** @description From the first sign of discontent to the request of the handoff. */
        SignToHandoff: {
            /**
             * Format: int32
             * @description How many handoffs with a sign before them.
             */
            n: number;
            /**
             * Format: double
             * @description The time in between in seconds, the median.
             */
            p50_s: number | null;
            /**
             * Format: double
             * @description The ninth decile.
             */
            p90_s: number | null;
            /**
             * Format: double
             * @description The customer's turns in between, the median.
             */
            turns_p50: number | null;
            /**
             * Format: double
             * @description The ninth decile.
             */
            turns_p90: number | null;
        };
        /** @description Who speaks, as the customer reads it. */
        Speaker: {
            /** @description The name. */
            name: string;
            /** @description What they are: `AI`, a team; may be empty. */
            note: string;
        };
        /**
         * @description Who speaks, in a request.
         * @enum {string}
         */
        SpeakerRole: "customer" | "assistant";
        /** @description A draft that waits for a person. */
        StaffDraft: {
            /** @description Since when the customer waits for it. */
            at: components["schemas"]["Instant"];
            /**
             * Format: double
             * @description The assistant's confidence in it, 0–1, where it gave one.
             */
            confidence?: number | null;
            /** @description Which. */
            draft_id: string;
            /**
             * Format: int32
             * @description The customer turn it answers.
             */
            in_reply_to: number;
            /** @description Whether the customer has not written since. */
            is_current: boolean;
            /** @description The words. */
            text: string;
        };
        /** @description A conversation in full, for staff. */
        StaffSnapshot: {
            /** @description Which. */
            conversation: string;
            /** @description What happened, in order. */
            items: components["schemas"]["Item"][];
            /** @description Where it stands. */
            state: components["schemas"]["StaffState"];
            /**
             * Format: int64
             * @description The version of the stream.
             */
            version: number;
        };
        /** @description Where a conversation stands, for staff. */
        StaffState: {
            /** @description What the caller may do now. */
            allowed: {
                [key: string]: components["schemas"]["Permit"];
            };
            /** @description The customer. */
            customer: components["schemas"]["CustomerCard"];
            /** @description Drafts that wait for a person. */
            drafts: components["schemas"]["StaffDraft"][];
            /**
             * Format: int32
             * @description The current epoch.
             */
            epoch: number;
            escalation?: components["schemas"]["OpenEscalation"] | null;
            /** @description Who may speak. */
            floor: components["schemas"]["Floor"];
            /**
             * Format: int32
             * @description How often it was handed back.
             */
            hand_backs: number;
            /** @description Whether an address was left. */
            has_contact: boolean;
            /** @description Whether the customer has ended it and it only remains to be wrapped up. */
            has_customer_left: boolean;
            /** @description Whether supervisors should look. */
            is_flagged: boolean;
            /**
             * Format: int32
             * @description The customer's latest turn, if nobody has answered it yet.
             */
            open_question?: number | null;
            /** @description What it was opened with. */
            opening: components["schemas"]["Opening"];
            /**
             * Format: int64
             * @description The version of the stream.
             */
            version: number;
        };
        /** @description A question that another article would lose. */
        StolenQuestion: {
            /** @description The article that is found for it now. */
            article: string;
            /** @description The question. */
            question: string;
        };
        /** @description A model's version of the packet was attached; the packet holds it. */
        SummaryItem: {
            /** @description When. */
            at: components["schemas"]["Instant"];
            /** @description What the model calls itself. */
            model: string;
            /**
             * Format: int32
             * @description The last turn that it takes account of.
             */
            through: number;
            /**
             * Format: int64
             * @description The entry it came with.
             */
            version: number;
        };
        /** @description An assistant's text that the customer never saw. */
        SuppressedItem: {
            /** @description When. */
            at: components["schemas"]["Instant"];
            /**
             * Format: double
             * @description The assistant's confidence, 0–1.
             */
            confidence?: number | null;
            /** @description Why it was not shown. */
            reason: components["schemas"]["SuppressedReason"];
            /** @description The words. */
            text: string;
            /**
             * Format: int64
             * @description The entry it came with.
             */
            version: number;
        };
        /**
         * @description Why an assistant's text is not shown.
         * @enum {string}
         */
        SuppressedReason: "floor_lost" | "below_band";
        /** @description Taking the floor. */
        TakeBody: {
            /**
             * Format: int32
             * @description The epoch that the taker saw: of two who take at once only one gets it.
             *     Without it, whoever has the floor now loses it.
             */
            epoch?: number | null;
            /** @description Why, as a private note for whoever had it. */
            note?: string | null;
        };
        /** @description A target band; 0–1 where there is none. */
        Target: {
            /**
             * Format: double
             * @description The upper end.
             */
            hi: number;
            /**
             * Format: double
             * @description The lower end.
             */
            lo: number;
        };
        /** @description All versions of one piece. */
        TaughtHistory: {
            /** @description Newest first; empty if there are none. */
            versions: components["schemas"]["TaughtVersion"][];
        };
        /** @description One version of an article or of the instructions. */
        TaughtVersion: {
            /** @description How customers ask for it. */
            asked: string[];
            /** @description When. */
            at: components["schemas"]["Instant"];
            /** @description Who; absent for what the server was started with. */
            author?: string | null;
            /** @description The Markdown. */
            body: string;
            /** @description The category; empty for instructions. */
            category: string;
            fixes?: components["schemas"]["FixedCluster"] | null;
            /** @description How it came to be. */
            kind: components["schemas"]["VersionKind"];
            /** @description Why. */
            reason: string;
            /** @description The article; absent for the instructions. */
            slug?: string | null;
            /** @description Where its words come from. */
            sources: components["schemas"]["ArticleSource"][];
            /** @description The title; empty for instructions. */
            title: string;
            /**
             * Format: int32
             * @description From 1; 0 is what the server was started with.
             */
            version: number;
        };
        /** @description How the cases went. */
        TestAnswer: {
            /** @description What is wrong with the text of the cases; then there is no report. */
            problems: components["schemas"]["PolicyNote"][];
            report?: components["schemas"]["CaseReport"] | null;
        };
        /** @description A policy, and cases to try it on. */
        TestBody: {
            /** @description The cases' text; the workspace's own if absent. */
            cases?: string | null;
            /** @description The policy's text. */
            text: string;
        };
        /** @description A text of the policy that customers read. */
        TextKey: components["schemas"]["Notice"] | components["schemas"]["Reply"];
        /** @description A single-use ticket for a live socket. */
        Ticket: {
            /** @description When it ends. */
            expires_at: components["schemas"]["Instant"];
            /** @description The ticket. */
            ticket: string;
        };
        /** @description The topics that are meant for the assistant. */
        TierOne: {
            /** @description Handed to a person, of the same. */
            escalation: components["schemas"]["Ratio"];
            /** @description Resolved by evidence, of the conversations about them. */
            resolution: components["schemas"]["Ratio"];
        };
        /** @description One call of a tool by the assistant. */
        ToolCallGiven: {
            /**
             * Format: int64
             * @description How long it took, in milliseconds.
             */
            ms?: number;
            /** @description The tool's name. */
            name: string;
            /** @description How it ended. */
            status: components["schemas"]["ToolStatus"];
        };
        /**
         * @description How a tool call ended.
         * @enum {string}
         */
        ToolStatus: "ok" | "error" | "timeout";
        /** @description How a verdict came about. */
        Trace: {
            /** @description What should have been measured and was not. */
            failures: string[];
            /** @description Conditions that missed by little, nearest first. */
            near_misses: components["schemas"]["NearMiss"][];
            /** @description The policy's version. */
            policy: string;
            /** @description The rules that were tried, the deciding one last. */
            rules: components["schemas"]["RuleRead"][];
            /** @description The signals that were present. */
            signals: components["schemas"]["SignalRead"][];
        };
        /** @description On to another team or person; exactly one of the two. */
        TransferBody: {
            /** @description The person. */
            agent?: string | null;
            /** @description A private note for whoever comes next. */
            note?: string | null;
            /** @description The team's queue. */
            queue?: string | null;
        };
        /** @description A version that is or was tried. */
        Trial: {
            /**
             * Format: int32
             * @description How far the escalation rates may be apart, in points of a hundred.
             */
            band_points: number;
            /** @description The version in force beside it. */
            base: string;
            /** @description Why. */
            end_reason?: string | null;
            ended_at?: components["schemas"]["Instant"] | null;
            /** @description Who ended it; nobody where Segue did. */
            ended_by?: string | null;
            /** @description Which. */
            id: string;
            /** @description How. */
            mode: components["schemas"]["TrialMode"];
            /** @description The proposal that it was begun from. */
            proposal?: string | null;
            /** @description Why. */
            reason: string;
            /**
             * Format: double
             * @description The share of conversations that a canary decides.
             */
            share?: number | null;
            /** @description When it began. */
            started_at: components["schemas"]["Instant"];
            /** @description Who began it. */
            started_by: string;
            /** @description What became of it. */
            state: components["schemas"]["TrialState"];
            /** @description What has been counted, until now or until its end. */
            tally: components["schemas"]["TrialTally"];
            /** @description What is tried. */
            version: string;
        };
        /** @description A policy to try: either its text or that of a proposal. */
        TrialBody: {
            /** @description How. */
            mode: components["schemas"]["TrialMode"];
            /** @description A proposal that waits for a decision; it is approved if the trial is promoted. */
            proposal?: string | null;
            /** @description Why, in 1 to 500 characters. Without one it is refused. */
            reason?: string | null;
            /**
             * Format: double
             * @description The share of conversations that a canary decides, 0.01 to 0.5; 0.1 if absent. None
             *     with a shadow.
             */
            share?: number | null;
            /** @description The file. */
            text?: string | null;
        };
        /** @description A trial with the text that is tried. */
        TrialDetail: components["schemas"]["Trial"] & {
            /** @description The file that is tried. */
            text: string;
        };
        /** @description A turn of which both versions said something else. */
        TrialExample: {
            /** @description What the version in force said. */
            active: components["schemas"]["TrialSide"];
            /** @description What the other one said. */
            candidate: components["schemas"]["TrialSide"];
            /** @description Where. */
            conversation: string;
            /**
             * Format: int32
             * @description The customer's turn.
             */
            turn: number;
        };
        /**
         * @description How a version is tried.
         * @enum {string}
         */
        TrialMode: "shadow" | "canary";
        /** @description How often a person was asked for. */
        TrialRate: {
            /**
             * Format: int32
             * @description Of how many.
             */
            conversations: number;
            /**
             * Format: int32
             * @description In how many conversations.
             */
            escalated: number;
            /** @description Its Wilson interval of 95 %. */
            interval?: number[] | null;
            /**
             * Format: double
             * @description The share, 0–1; null without conversations.
             */
            rate?: number | null;
        };
        /** @description What one version said of a turn. */
        TrialSide: {
            /** @description The rule that decided. */
            rule: string;
            /** @description What followed, or would have. */
            verdict: string;
        };
        /**
         * @description What became of a trial.
         * @enum {string}
         */
        TrialState: "running" | "halted" | "stopped" | "promoted";
        /**
         * @description What has been counted of a trial, of conversations that began while it ran and in which
         *     the policy was asked.
         */
        TrialTally: {
            /**
             * @description Those that the version in force decides: all of them beside a shadow, where its own
             *     verdicts count.
             */
            active: components["schemas"]["TrialRate"];
            /**
             * Format: int32
             * @description Of a shadow: conversations in which nobody was asked for by either, or by both at the
             *     same turn in the same way. Absent for a canary, which has conversations of its own.
             */
            agree?: number | null;
            /** @description Those that the version decides that is tried, or would have. */
            candidate: components["schemas"]["TrialRate"];
            /**
             * Format: int32
             * @description How many there are.
             */
            conversations: number;
            /**
             * Format: int32
             * @description Of a shadow: in which both do, at another turn, in another queue or in another way.
             */
            elsewhere?: number | null;
            /** @description Of a shadow: some turns at which it said something else, escalations first. */
            examples: components["schemas"]["TrialExample"][];
            /** @description Whether the rate has left its band, by more than chance may do. */
            leaves_band: boolean;
            /**
             * Format: int32
             * @description Of a shadow: in which only the version that is tried asks for a person.
             */
            newly?: number | null;
            /**
             * Format: int32
             * @description Of a shadow: in which only the version in force does; what the other would have said
             *     later is not known.
             */
            no_longer?: number | null;
            /**
             * Format: int64
             * @description How often the policy was asked in them.
             */
            turns: number;
        };
        /** @description A question, now and with the article. */
        TriedQuestion: {
            /**
             * Format: double
             * @description How sure it would be, 0–1.
             */
            confidence_after: number;
            /**
             * Format: double
             * @description How sure the search is now, 0–1.
             */
            confidence_before: number;
            /** @description Whether it would be answered by the article. */
            is_answered: boolean;
            /** @description Whether the article is found for it. */
            is_found: boolean;
            /** @description The question. */
            question: string;
        };
        /**
         * @description The classes of trigger.
         * @enum {string}
         */
        Trigger: "low_confidence" | "opt_out" | "repeat" | "sentiment" | "vip" | "compliance" | "fallback" | "tool_failure" | "high_stakes" | "complexity" | "agent" | "assistant" | "unavailable" | "rule";
        /** @description Escalations of one class of trigger. */
        TriggerCount: {
            /**
             * Format: int64
             * @description How many.
             */
            count: number;
            /** @description Which. */
            trigger: components["schemas"]["Trigger"];
        };
        /** @description Why the handoff happened. */
        TriggerNote: {
            /** @description For an agent. */
            reason: string;
            /** @description The rule's name. */
            rule: string;
            /** @description The signals that made it. */
            signals: components["schemas"]["SignalRead"][];
            /** @description What the assistant said of it to staff, sentence by sentence. */
            told?: string[];
        };
        /** @description What is known of the threshold. */
        Tune: {
            /**
             * Format: double
             * @description The threshold in force.
             */
            accept: number;
            /** @description Whether the answers got worse than promised. */
            alarm: components["schemas"]["TuneAlarm"];
            /**
             * Format: double
             * @description The greatest share of wrong answers that was asked for.
             */
            alpha: number;
            /**
             * Format: int64
             * @description Answers of the window, judged or not.
             */
            answers: number;
            /**
             * Format: double
             * @description The mean share of wrong answers over all thresholds: compares scores, chooses nothing.
             */
            aurc?: number | null;
            /** @description Topics with enough labels for a test of their own. */
            by_topic: components["schemas"]["TuneTopic"][];
            /**
             * Format: double
             * @description The threshold from which answering pays, if costs were told.
             */
            cost_threshold?: number | null;
            /** @description What each threshold answers, and what is wrong with that. */
            curve: components["schemas"]["CurvePoint"][];
            /**
             * Format: double
             * @description The greatest chance of a broken promise that was asked for.
             */
            delta: number;
            /**
             * Format: double
             * @description The same beside the best possible score.
             */
            e_aurc?: number | null;
            /** @description What people said of answers. */
            graded: components["schemas"]["GradedCounts"];
            /** @description What else is known of how it went; shown, never proof. */
            outcomes: components["schemas"]["OutcomeCount"][];
            /** @description What to do. */
            recommendation: components["schemas"]["Recommendation"];
            refusal?: components["schemas"]["Refusal"] | null;
            /** @description What was tested, from the strictest on. */
            table: components["schemas"]["TuneRow"][];
            /** @description The guided week. */
            week: components["schemas"]["TuneDay"][];
        };
        /** @description Whether the answers got worse than promised. */
        TuneAlarm: {
            /** @description Whether it did. */
            fired: boolean;
            /**
             * Format: double
             * @description The evidence against the promise; from 1,000 on the alarm fires.
             */
            level: number;
            /** @description For people. */
            sentence: string;
        };
        /** @description What a threshold is to promise. */
        TuneBody: {
            /**
             * Format: double
             * @description The greatest share of wrong answers among those that are said, 0.01–0.5; 0.1 if absent.
             */
            alpha?: number | null;
            costs?: components["schemas"]["TuneCosts"] | null;
            /**
             * Format: int32
             * @description How far back answers count, in days, 1–90; 28 if absent.
             */
            days?: number | null;
            /**
             * Format: double
             * @description The greatest chance that the promise is broken, 0.01–0.5; 0.1 if absent.
             */
            delta?: number | null;
        };
        /** @description What answers cost, in one unit of your choice. */
        TuneCosts: {
            /**
             * Format: double
             * @description A conversation with a person.
             */
            human: number;
            /**
             * Format: double
             * @description The share of wrong answers that come back to a person all the same, 0–1.
             */
            returns: number;
            /**
             * Format: double
             * @description A right answer.
             */
            right: number;
            /**
             * Format: double
             * @description A wrong answer.
             */
            wrong: number;
        };
        /** @description One day of the guided week. */
        TuneDay: {
            /** @description What to do. */
            advice: string;
            /**
             * Format: int32
             * @description From 1 to 7.
             */
            day: number;
            /** @description Whether it is over. */
            done: boolean;
            /** @description Whether it is now. */
            is_today: boolean;
            /**
             * Format: int64
             * @description Right answers that were held back.
             */
            right_withheld: number;
            /** @description What it is about. */
            title: string;
            /**
             * Format: int64
             * @description Wrong answers that customers saw.
             */
            wrong_shown: number;
        };
        /**
         * @description Where to.
         * @enum {string}
         */
        TuneDirection: "raise" | "lower" | "keep";
        /** @description One threshold that was tested. */
        TuneRow: {
            /**
             * Format: double
             * @description The share of questions that would be answered, 0–1.
             */
            answered: number;
            /** @description Whether it may be promised. */
            certified: boolean;
            /**
             * Format: int64
             * @description Judged answers at or above it.
             */
            graded: number;
            /**
             * Format: double
             * @description How many more conversations a day would go to people; fewer, if negative.
             */
            more_chats_per_day?: number | null;
            /**
             * Format: double
             * @description The chance of so few wrong ones if the promise were false.
             */
            p: number;
            /**
             * Format: double
             * @description The threshold.
             */
            threshold: number;
            /**
             * Format: double
             * @description Its upper bound.
             */
            upper: number;
            /**
             * Format: int64
             * @description Wrong ones among them.
             */
            wrong: number;
            /**
             * Format: double
             * @description Their share.
             */
            wrong_share?: number | null;
        };
        /** @description One topic, tested by itself. */
        TuneTopic: {
            /**
             * Format: int64
             * @description Judged answers.
             */
            graded: number;
            /**
             * Format: double
             * @description The threshold that may be promised for it.
             */
            threshold?: number | null;
            /** @description Which. */
            topic: string;
            /**
             * Format: int64
             * @description Wrong ones among them.
             */
            wrong: number;
        };
        /** @description One contribution by one party. */
        Turn: {
            article?: components["schemas"]["Article"] | null;
            /** @description When it was committed. */
            at: components["schemas"]["Instant"];
            /** @description Who wrote it. */
            author: components["schemas"]["Author"];
            /**
             * Format: double
             * @description The assistant's confidence, 0–1; staff only.
             */
            confidence?: number | null;
            /**
             * Format: int32
             * @description The epoch it was made under.
             */
            epoch: number;
            /** @description Whether it was cut while it was being said. */
            is_cut: boolean;
            /** @description Whether it says that there is no answer; present where it is so. */
            is_fallback?: boolean | null;
            source_at?: components["schemas"]["Instant"] | null;
            /** @description Its text; empty if it was erased. */
            text: string;
            /**
             * Format: int32
             * @description Its place in the conversation, from 1.
             */
            turn: number;
            /**
             * Format: int64
             * @description The entry it came with.
             */
            version: number;
        };
        /** @description What came of a turn. */
        TurnAnswer: {
            /** @description The draft that it became, while drafts are reviewed. */
            draft?: string | null;
            /**
             * Format: int32
             * @description The epoch after it.
             */
            epoch: number;
            notice?: components["schemas"]["NoticeAnswer"] | null;
            /**
             * Format: int32
             * @description The turn's place; absent where the customer does not see it.
             */
            turn?: number | null;
            verdict?: components["schemas"]["VerdictAnswer"] | null;
            /**
             * Format: int64
             * @description The version of what was written.
             */
            version: number;
            /** @description Whether the customer sees it. */
            visible: boolean;
        };
        /** @description One turn of a conversation that somebody's own assistant answers. */
        TurnBody: {
            /**
             * Format: double
             * @description The assistant's own confidence, 0–1.
             */
            confidence?: number | null;
            /**
             * Format: int32
             * @description The epoch an assistant's turn was made under; needed for one.
             */
            epoch?: number | null;
            /** @description Whether the turn says that there is no answer. */
            fallback?: boolean;
            /**
             * Format: int32
             * @description The customer turn that an assistant's turn answers; the latest, if absent.
             */
            in_reply_to?: number | null;
            /** @description Whether it goes on from an answer that was given already. */
            multi?: boolean;
            /** @description What it found, best first. */
            retrieval?: components["schemas"]["RetrievedGiven"][];
            /** @description Who speaks. */
            role: components["schemas"]["SpeakerRole"];
            /** @description The words. */
            text: string;
            /** @description Which tools ran. */
            tool_calls?: components["schemas"]["ToolCallGiven"][];
        };
        /** @description How one expectation went. */
        TurnOutcome: {
            /** @description Why it came so. */
            because: string[];
            /** @description What was expected. */
            expected: string;
            /** @description What came, in the same words. */
            got: string;
            /**
             * Format: int32
             * @description Where it stands in the file, from 1.
             */
            line: number;
            /** @description Whether that is the same. */
            ok: boolean;
            /** @description What was said. */
            text: string;
            /**
             * Format: int32
             * @description The turn's number in its conversation.
             */
            turn: number;
        };
        /** @description What the policy said. */
        VerdictAnswer: {
            kind?: components["schemas"]["HandoffKind"] | null;
            /** @description Where. */
            queue?: string | null;
            /** @description The rule that decided. */
            rule: string;
            /** @description How it came about. */
            trace: components["schemas"]["Trace"];
            /** @description What follows. */
            verdict: components["schemas"]["VerdictWord"];
        };
        /** @description Customer turns by verdict. */
        VerdictCounts: {
            /**
             * Format: int32
             * @description The assistant would have gone on.
             */
            continue: number;
            /**
             * Format: int32
             * @description A person would have come.
             */
            escalate: number;
            /**
             * Format: int32
             * @description It would have fallen back.
             */
            fall_back: number;
            /**
             * Format: int32
             * @description A person would have released its drafts.
             */
            review: number;
        };
        /** @description What the policy said. */
        VerdictItem: {
            /** @description When. */
            at: components["schemas"]["Instant"];
            /** @description Whether supervisors should look. */
            is_flagged: boolean;
            kind?: components["schemas"]["HandoffKind"] | null;
            /** @description Whether an answer was judged. */
            on_answer: boolean;
            /** @description Where. */
            queue?: string | null;
            /** @description Why, as the customer may read it. */
            reason: string;
            /** @description The rule that decided. */
            rule: string;
            /** @description How it came about. */
            trace: components["schemas"]["Trace"];
            /**
             * Format: int32
             * @description The customer turn.
             */
            turn: number;
            /** @description What follows. */
            verdict: components["schemas"]["VerdictWord"];
            /**
             * Format: int64
             * @description The entry it came with.
             */
            version: number;
        };
        /**
         * @description What follows for one turn.
         * @enum {string}
         */
        VerdictWord: "continue" | "fall_back" | "review" | "escalate";
        /**
         * @description How a version came to be.
         * @enum {string}
         */
        VersionKind: "published" | "rolled_back" | "withdrawn";
        /** @description What a waiting customer is told. */
        Wait: {
            /** @description Whether an address was left. */
            contact_left: boolean;
            /**
             * Format: int32
             * @description The upper end, in minutes.
             */
            hi_min: number | null;
            /** @description Whether the team is there at this hour. */
            is_open: boolean;
            /**
             * @description The address that is known of them, to be left as it is or changed; only where it is
             *     proved who they are.
             */
            known_address?: string | null;
            /**
             * Format: int32
             * @description The lower end of the wait, in minutes.
             */
            lo_min: number | null;
            /** @description Whether an address can be left instead. */
            may_leave_contact: boolean;
            /** @description Whether the customer can go on with the assistant. */
            may_withdraw: boolean;
            /**
             * Format: int32
             * @description Where no upper end can be told: longer than so many minutes.
             */
            more_than_min?: number | null;
            /** @description Whether whoever comes has read what was said. */
            notes_passed: boolean;
            opens_at?: components["schemas"]["Instant"] | null;
            /**
             * Format: int32
             * @description The place in line, from 1.
             */
            position: number | null;
            /** @description Why, in a sentence; empty where that may not be told. */
            reason: string;
            /** @description The number to refer to. */
            reference?: string | null;
            /** @description Who comes: a team or a person; empty where that may not be told. */
            who: string;
        };
        /** @description Who waited, and who left. */
        Waiting: {
            /**
             * Format: int32
             * @description How many handoffs whose customer left before an agent came.
             */
            abandoned: number;
            /**
             * Format: int32
             * @description How many handoffs waited.
             */
            n: number;
        };
        /** @description One dot of the sweet spot. */
        Week: {
            /**
             * Format: double
             * @description Share of 4 and 5, of the scores for the person's part.
             */
            csat_after_escalation: number | null;
            /**
             * Format: int32
             * @description How many conversations with the assistant.
             */
            n: number;
            /**
             * Format: int32
             * @description How many of those with the assistant for which a person was asked.
             */
            n_escalated: number;
            /**
             * Format: double
             * @description Share resolved, of those with the assistant.
             */
            resolution: number | null;
            /** @description The ISO week: `2026-W10`. */
            week: string;
        };
        /** @description What one week of handoffs was: what changed, why, and what to do about it. */
        WeeklyReport: {
            /** @description What to do, the weightiest first; at most three. */
            actions: components["schemas"]["ReportAction"][];
            /** @description Whether people are kept from a person. */
            alarm: components["schemas"]["GatekeepingAlarm"];
            /** @description Handoffs by root cause, the greatest change first. */
            by_root_cause: components["schemas"]["ReasonChange"][];
            /** @description Handoffs by trigger, the greatest change first. */
            by_trigger: components["schemas"]["ReasonChange"][];
            /** @description New causes of the last eight weeks, what explains most first. */
            causes: components["schemas"]["CauseFound"][];
            /** @description What the headline figures did. */
            changes: components["schemas"]["FigureChange"][];
            /**
             * Format: int32
             * @description How many conversations of the seven days count.
             */
            conversations: number;
            /**
             * Format: int32
             * @description And of the seven before.
             */
            conversations_before: number;
            /**
             * @description The same two as days of the workspace's zone.
             * @example [
             *       "2026-11-16",
             *       "2026-11-22"
             *     ]
             */
            days: string[];
            /**
             * Format: double
             * @description Its part of the conversations, 0–1.
             */
            demo_share: number;
            /** @description The beginning of the seven days. */
            from: components["schemas"]["Instant"];
            /** @description Whether the demo's history counts. */
            include_demo: boolean;
            /** @description Their end. */
            until: components["schemas"]["Instant"];
            /**
             * @description The ISO week before it, to ask for that one's report.
             * @example 2026-W46
             */
            week_before: string;
            /** @description The last eight weeks, earliest first. */
            weeks: components["schemas"]["Week"][];
        };
        /** @description What another policy would have done. */
        WhatIf: {
            /** @description Under the other. */
            after: components["schemas"]["WhatIfSide"];
            /** @description Under the policy in force. */
            before: components["schemas"]["WhatIfSide"];
            /** @description By the day on which conversations began, in order. */
            by_day: components["schemas"]["WhatIfDay"][];
            /**
             * Format: int64
             * @description Conversations of which one course is only known up to where it did something else
             *     than what was really done.
             */
            censored: number;
            /** @description What becomes of conversations; the parts add up to all of them. */
            changes: components["schemas"]["WhatIfChanges"];
            /** @description Whether what the log says comes out again. */
            decided_again: components["schemas"]["DecidedAgain"];
            /**
             * Format: int64
             * @description Conversations of which both courses are known to their end.
             */
            exact: number;
            /**
             * Format: double
             * @description Share of the exact ones, 0–1.
             */
            exact_share?: number | null;
            /** @description Conversations to read. */
            examples: components["schemas"]["WhatIfExample"][];
            /** @description What a replay cannot know. */
            limits: components["schemas"]["Limit"][];
            /**
             * Format: int64
             * @description Customer turns on which the verdicts differ.
             */
            turns_changed: number;
        };
        /** @description A replay. */
        WhatIfAnswer: {
            /**
             * Format: int64
             * @description Conversations that were decided again.
             */
            done: number;
            /** @description Why it could not be done. */
            error?: string | null;
            /** @description Its name. */
            id: string;
            report?: components["schemas"]["WhatIf"] | null;
            /** @description How far it is. */
            state: components["schemas"]["WhatIfState"];
            /**
             * Format: int64
             * @description Of so many; 0 while they are counted.
             */
            total: number;
        };
        /** @description What to ask for it by. */
        WhatIfBegun: {
            /** @description Its name. */
            id: string;
        };
        /** @description A policy, and the conversations to decide again. */
        WhatIfBody: {
            /**
             * Format: int32
             * @description Conversations that began in so many days until now, 1 to 90; 7 if absent.
             */
            days?: number | null;
            /** @description Whether the demo's history counts. */
            include_demo?: boolean;
            /** @description Whether conversations of files count. */
            include_imported?: boolean;
            /** @description The policy's text. */
            text: string;
        };
        /**
         * @description What becomes of one conversation.
         * @enum {string}
         */
        WhatIfChange: "same" | "newly" | "no_longer" | "earlier" | "later" | "elsewhere";
        /** @description What becomes of conversations. */
        WhatIfChanges: {
            /**
             * Format: int64
             * @description On an earlier turn.
             */
            earlier: number;
            /**
             * Format: int64
             * @description On the same turn, in another way or to another queue.
             */
            elsewhere: number;
            /**
             * Format: int64
             * @description On a later turn.
             */
            later: number;
            /**
             * Format: int64
             * @description A person comes who did not.
             */
            newly: number;
            /**
             * Format: int64
             * @description No person comes any more, as far as is known.
             */
            no_longer: number;
            /**
             * Format: int64
             * @description Nothing changes.
             */
            same: number;
        };
        /** @description One day. */
        WhatIfDay: {
            /**
             * Format: int64
             * @description Those with a person after.
             */
            after: number;
            /**
             * Format: int64
             * @description Those with a person before.
             */
            before: number;
            /**
             * Format: int64
             * @description Conversations that began on it.
             */
            conversations: number;
            /** @description The date, `2026-11-22`. */
            day: string;
        };
        /** @description A decision in short. */
        WhatIfDecision: {
            kind?: components["schemas"]["HandoffKind"] | null;
            /** @description Where to. */
            queue?: string | null;
            /** @description The rule that decided. */
            rule: string;
            /**
             * Format: int32
             * @description On which customer turn.
             */
            turn: number;
            /** @description The verdict's word. */
            verdict: string;
        };
        /** @description A conversation to read. */
        WhatIfExample: {
            after?: components["schemas"]["WhatIfDecision"] | null;
            before?: components["schemas"]["WhatIfDecision"] | null;
            /** @description What becomes of it. */
            change: components["schemas"]["WhatIfChange"];
            /** @description Which. */
            conversation: string;
            /** @description What the customer said on this turn, its first 200 characters. */
            customer: string;
            /**
             * Format: int32
             * @description The customer turn at which they part.
             */
            turn: number;
        };
        /** @description Escalations into one queue. */
        WhatIfQueueCount: {
            /**
             * Format: int64
             * @description How many.
             */
            count: number;
            /** @description Which. */
            queue: string;
        };
        /** @description The figures under one policy. */
        WhatIfSide: {
            /**
             * @description What the share can be at least and at most, whatever censored conversations would
             *     have come to.
             */
            bounds?: number[] | null;
            /** @description By queue, the most frequent first. */
            by_queue: components["schemas"]["WhatIfQueueCount"][];
            /** @description By rule, the most frequent first. */
            by_rule: components["schemas"]["RuleCount"][];
            /** @description By class of trigger, the most frequent first. */
            by_trigger: components["schemas"]["TriggerCount"][];
            /**
             * Format: int64
             * @description Conversations.
             */
            conversations: number;
            /**
             * Format: int64
             * @description Conversations that a person came into.
             */
            escalated: number;
            /** @description The 95 % interval of the share. */
            interval?: number[] | null;
            /**
             * Format: double
             * @description Their share, 0–1.
             */
            rate?: number | null;
            /**
             * Format: int64
             * @description Customer turns that it judged.
             */
            turns: number;
            /** @description Its version. */
            version: string;
        };
        /**
         * @description How far it is.
         * @enum {string}
         */
        WhatIfState: "running" | "done" | "failed";
        /** @description A visitor's session. */
        WidgetSession: {
            /** @description The assistant. */
            assistant: components["schemas"]["AssistantCard"];
            /** @description The company. */
            company: components["schemas"]["Company"];
            /** @description The visitor's conversation that is open or can be reopened. */
            conversation?: string | null;
            customer?: components["schemas"]["KnownCustomer"] | null;
            /** @description When it ends; a session renews it. */
            expires_at: components["schemas"]["Instant"];
            /** @description The language of the texts. */
            texts_locale: string;
            /** @description The token for everything else. */
            token: string;
        };
        /** @description A withdrawal. */
        WithdrawBody: {
            /**
             * Format: int32
             * @description The latest version, as the caller knows it.
             */
            base: number;
            /** @description Why. */
            reason: string;
        };
        /** @description A text as it is to be. */
        WordingBody: {
            /** @description The template. */
            text: string;
        };
        /** @description One text that customers read. */
        WordingRow: {
            /** @description Whether it is the one that ships with the program. */
            is_default: boolean;
            /** @description The language. */
            locale: string;
            /** @description What it is for. */
            notice: components["schemas"]["TextKey"];
            /** @description The template. */
            text: string;
        };
        /** @description What a customer's write did. */
        Written: {
            /**
             * Format: int64
             * @description The version of what was written.
             */
            version: number;
        };
    };
    responses: {
        /** @description `malformed_json`: The body is no JSON. `invalid_utf8`: The body is no UTF-8. */
        ActionErrors400: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `unauthenticated`: Nobody is signed in, or the key is not good. */
        ActionErrors401: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `forbidden`: You may not do this. `cross_site`: The request did not come from the console's own page. */
        ActionErrors403: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `conversation_unknown`: There is no such conversation. */
        ActionErrors404: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `request_timeout`: The body was not complete in time. */
        ActionErrors408: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `floor_lost`: The floor has passed. `not_floor_holder`: Somebody else has the floor. `conversation_closed`: The conversation has ended. `no_escalation`: Nobody has asked for a person. `not_waiting`: The conversation does not wait for a person. `capacity_full`: All slots of the agent are taken. `agent_not_available`: The agent is not available. `draft_gone`: The draft is no longer open. `draft_outdated`: The customer has written since the draft was made. `offer_gone`: The offer is no longer open. `alternated_too_often`: It stays with people until the customer writes. `handed_back_too_often`: It was handed back as often as it may be. `too_many_turns`: The conversation is as long as it may be. */
        ActionErrors409: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `body_too_large`: The body is too large. */
        ActionErrors413: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `unsupported_media_type`: The body is of another type than expected. */
        ActionErrors415: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `unknown_field`: A key that does not exist. `invalid_value`: A value is missing or not allowed. `text_empty`: A text is needed. `text_too_long`: The text is too long. `idempotency_key_reused`: The key was used for another request. */
        ActionErrors422: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `conversation_busy`: Others write to the conversation at this moment. `storage_failed`: The store did not answer. */
        ActionErrors503: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `storage_full`: The disk is full. */
        ActionErrors507: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `unauthenticated`: Nobody is signed in, or the key is not good. */
        ConversationErrors401: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `forbidden`: You may not do this. */
        ConversationErrors403: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `conversation_unknown`: There is no such conversation. */
        ConversationErrors404: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `invalid_value`: A value is missing or not allowed. `unknown_field`: A key that does not exist. */
        ConversationErrors422: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `too_many_requests`: Too many requests. */
        ConversationErrors429: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `storage_failed`: The store did not answer. */
        ConversationErrors503: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `malformed_json`: The body is no JSON. `invalid_utf8`: The body is no UTF-8. */
        DoorErrors400: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `unauthenticated`: Nobody is signed in, or the key is not good. */
        DoorErrors401: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `forbidden`: You may not do this. `cross_site`: The request did not come from the console's own page. */
        DoorErrors403: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `request_timeout`: The body was not complete in time. */
        DoorErrors408: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `body_too_large`: The body is too large. */
        DoorErrors413: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `unsupported_media_type`: The body is of another type than expected. */
        DoorErrors415: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `unknown_field`: A key that does not exist. `invalid_value`: A value is missing or not allowed. */
        DoorErrors422: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `too_many_requests`: Too many requests. */
        DoorErrors429: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `storage_failed`: The store did not answer. */
        DoorErrors503: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `storage_full`: The disk is full. */
        DoorErrors507: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `malformed_json`: The body is no JSON. `invalid_utf8`: The body is no UTF-8. */
        KnowledgeErrors400: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `unauthenticated`: Nobody is signed in, or the key is not good. */
        KnowledgeErrors401: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `forbidden`: You may not do this. `cross_site`: The request did not come from the console's own page. */
        KnowledgeErrors403: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `not_found`: There is no such thing. */
        KnowledgeErrors404: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `request_timeout`: The body was not complete in time. */
        KnowledgeErrors408: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `knowledge_changed`: Somebody else published a version first. */
        KnowledgeErrors412: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `body_too_large`: The body is too large. */
        KnowledgeErrors413: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `unsupported_media_type`: The body is of another type than expected. */
        KnowledgeErrors415: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `unknown_field`: A key that does not exist. `invalid_value`: A value is missing or not allowed. `idempotency_key_reused`: The key was used for another request. */
        KnowledgeErrors422: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `storage_failed`: The store did not answer. */
        KnowledgeErrors503: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `storage_full`: The disk is full. */
        KnowledgeErrors507: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `malformed_json`: The body is no JSON. `invalid_utf8`: The body is no UTF-8. */
        ProgramErrors400: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `unauthenticated`: Nobody is signed in, or the key is not good. */
        ProgramErrors401: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `forbidden`: You may not do this. */
        ProgramErrors403: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `conversation_unknown`: There is no such conversation. */
        ProgramErrors404: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `request_timeout`: The body was not complete in time. */
        ProgramErrors408: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `floor_lost`: The floor has passed. `already_answered`: This turn has been answered already. `draft_outdated`: The customer has written since the draft was made. `not_floor_holder`: Somebody else has the floor. `conversation_closed`: The conversation has ended. `reopen_window_passed`: The conversation closed too long ago to reopen. `too_many_turns`: The conversation is as long as it may be. */
        ProgramErrors409: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `body_too_large`: The body is too large. */
        ProgramErrors413: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `unsupported_media_type`: The body is of another type than expected. */
        ProgramErrors415: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `unknown_field`: A key that does not exist. `invalid_value`: A value is missing or not allowed. `text_empty`: A text is needed. `text_too_long`: The text is too long. `idempotency_key_reused`: The key was used for another request. */
        ProgramErrors422: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `too_many_requests`: Too many requests. */
        ProgramErrors429: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `conversation_busy`: Others write to the conversation at this moment. `storage_failed`: The store did not answer. */
        ProgramErrors503: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `storage_full`: The disk is full. */
        ProgramErrors507: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `unauthenticated`: Nobody is signed in, or the key is not good. */
        ReadErrors401: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `forbidden`: You may not do this. */
        ReadErrors403: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `invalid_value`: A value is missing or not allowed. `unknown_field`: A key that does not exist. */
        ReadErrors422: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `storage_failed`: The store did not answer. */
        ReadErrors503: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `malformed_json`: The body is no JSON. `invalid_utf8`: The body is no UTF-8. */
        RolloutErrors400: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `unauthenticated`: Nobody is signed in, or the key is not good. */
        RolloutErrors401: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `forbidden`: You may not do this. `cross_site`: The request did not come from the console's own page. `own_proposal`: Somebody else has to decide on your proposal. */
        RolloutErrors403: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `not_found`: There is no such thing. */
        RolloutErrors404: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `request_timeout`: The body was not complete in time. */
        RolloutErrors408: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `nothing_to_roll_back`: There is no version to go back to. `proposal_closed`: The proposal has been decided already. `policy_leaves_band`: The escalation rate would leave its band. `trial_running`: Another version is being tried. `trial_over`: The trial has ended. */
        RolloutErrors409: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `policy_changed`: The policy was changed by somebody else. */
        RolloutErrors412: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `body_too_large`: The body is too large. */
        RolloutErrors413: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `unsupported_media_type`: The body is of another type than expected. */
        RolloutErrors415: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `trial_changes_queues`: A share of the conversations cannot have queues of its own. `unknown_field`: A key that does not exist. `invalid_value`: A value is missing or not allowed. `reason_missing`: A reason is needed. `policy_invalid`: The policy cannot be read. `idempotency_key_reused`: The key was used for another request. */
        RolloutErrors422: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `storage_failed`: The store did not answer. */
        RolloutErrors503: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `storage_full`: The disk is full. */
        RolloutErrors507: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `malformed_json`: The body is no JSON. `invalid_utf8`: The body is no UTF-8. */
        SettingErrors400: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `unauthenticated`: Nobody is signed in, or the key is not good. */
        SettingErrors401: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `forbidden`: You may not do this. `cross_site`: The request did not come from the console's own page. */
        SettingErrors403: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `not_found`: There is no such thing. */
        SettingErrors404: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `request_timeout`: The body was not complete in time. */
        SettingErrors408: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `already_exists`: There is one of that name already. */
        SettingErrors409: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `policy_changed`: The policy was changed by somebody else. */
        SettingErrors412: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `body_too_large`: The body is too large. */
        SettingErrors413: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `unsupported_media_type`: The body is of another type than expected. */
        SettingErrors415: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `unknown_field`: A key that does not exist. `invalid_value`: A value is missing or not allowed. `policy_invalid`: The policy cannot be read. `idempotency_key_reused`: The key was used for another request. */
        SettingErrors422: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `storage_failed`: The store did not answer. */
        SettingErrors503: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `storage_full`: The disk is full. */
        SettingErrors507: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `malformed_json`: The body is no JSON. `invalid_utf8`: The body is no UTF-8. */
        VisitorErrors400: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `unauthenticated`: Nobody is signed in, or the key is not good. */
        VisitorErrors401: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `conversation_unknown`: There is no such conversation. */
        VisitorErrors404: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `request_timeout`: The body was not complete in time. */
        VisitorErrors408: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `conversation_closed`: The conversation has ended. `reopen_window_passed`: The conversation closed too long ago to reopen. `not_waiting`: The conversation does not wait for a person. `alternated_too_often`: It stays with people until the customer writes. `nothing_to_rate`: There is nothing of this kind to rate. `too_many_turns`: The conversation is as long as it may be. */
        VisitorErrors409: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `body_too_large`: The body is too large. */
        VisitorErrors413: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `unsupported_media_type`: The body is of another type than expected. */
        VisitorErrors415: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `unknown_field`: A key that does not exist. `invalid_value`: A value is missing or not allowed. `text_empty`: A text is needed. `text_too_long`: The text is too long. `idempotency_key_reused`: The key was used for another request. */
        VisitorErrors422: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `too_many_requests`: Too many requests. */
        VisitorErrors429: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `conversation_busy`: Others write to the conversation at this moment. `storage_failed`: The store did not answer. `not_ready`: The server is not ready. */
        VisitorErrors503: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description `storage_full`: The disk is full. */
        VisitorErrors507: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    read_error_page: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The code. */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page, as Markdown. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `not_found`: there is no such code. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    check_alive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It lives. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
        };
    };
    check_ready: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It can. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description `not_ready`: the store does not answer, its disk is full, or the server is ending. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    list_agents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Everybody. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_AgentRow"];
                };
            };
            401: components["responses"]["ReadErrors401"];
            403: components["responses"]["ReadErrors403"];
            422: components["responses"]["ReadErrors422"];
            503: components["responses"]["ReadErrors503"];
        };
    };
    invite_agent: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InviteBody"];
            };
        };
        responses: {
            /** @description Invited. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invited"];
                };
            };
            400: components["responses"]["SettingErrors400"];
            401: components["responses"]["SettingErrors401"];
            403: components["responses"]["SettingErrors403"];
            404: components["responses"]["SettingErrors404"];
            408: components["responses"]["SettingErrors408"];
            409: components["responses"]["SettingErrors409"];
            412: components["responses"]["SettingErrors412"];
            413: components["responses"]["SettingErrors413"];
            415: components["responses"]["SettingErrors415"];
            422: components["responses"]["SettingErrors422"];
            503: components["responses"]["SettingErrors503"];
            507: components["responses"]["SettingErrors507"];
        };
    };
    change_agent: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The agent. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AgentChange"];
            };
        };
        responses: {
            /** @description Changed. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentRow"];
                };
            };
            400: components["responses"]["SettingErrors400"];
            401: components["responses"]["SettingErrors401"];
            403: components["responses"]["SettingErrors403"];
            404: components["responses"]["SettingErrors404"];
            408: components["responses"]["SettingErrors408"];
            409: components["responses"]["SettingErrors409"];
            412: components["responses"]["SettingErrors412"];
            413: components["responses"]["SettingErrors413"];
            415: components["responses"]["SettingErrors415"];
            422: components["responses"]["SettingErrors422"];
            503: components["responses"]["SettingErrors503"];
            507: components["responses"]["SettingErrors507"];
        };
    };
    list_audit_trail: {
        parameters: {
            query?: {
                /** @description 1 to 1000; 100 if absent. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The trail. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_AuditRow"];
                };
            };
            401: components["responses"]["ReadErrors401"];
            403: components["responses"]["ReadErrors403"];
            422: components["responses"]["ReadErrors422"];
            503: components["responses"]["ReadErrors503"];
        };
    };
    list_conversations: {
        parameters: {
            query?: {
                /** @description Where the page before ended. */
                cursor?: string;
                /** @description How many at most, 1 to 100. */
                limit?: number;
                /** @description Only of this queue. */
                queue?: string;
                /** @description Only those with this reference number (`SG-7A18A0`), whatever their state and queue. */
                reference?: string;
                /** @description Which conversations. */
                state?: components["schemas"]["ListState"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RowPage"];
                };
            };
            401: components["responses"]["ConversationErrors401"];
            403: components["responses"]["ConversationErrors403"];
            404: components["responses"]["ConversationErrors404"];
            422: components["responses"]["ConversationErrors422"];
            429: components["responses"]["ConversationErrors429"];
            503: components["responses"]["ConversationErrors503"];
        };
    };
    open_conversation: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenBody"];
            };
        };
        responses: {
            /** @description Begun. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Opened"];
                };
            };
            400: components["responses"]["ProgramErrors400"];
            401: components["responses"]["ProgramErrors401"];
            403: components["responses"]["ProgramErrors403"];
            404: components["responses"]["ProgramErrors404"];
            408: components["responses"]["ProgramErrors408"];
            409: components["responses"]["ProgramErrors409"];
            413: components["responses"]["ProgramErrors413"];
            415: components["responses"]["ProgramErrors415"];
            422: components["responses"]["ProgramErrors422"];
            429: components["responses"]["ProgramErrors429"];
            503: components["responses"]["ProgramErrors503"];
            507: components["responses"]["ProgramErrors507"];
        };
    };
    read_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The conversation. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The conversation. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationAnswer"];
                };
            };
            401: components["responses"]["ConversationErrors401"];
            403: components["responses"]["ConversationErrors403"];
            404: components["responses"]["ConversationErrors404"];
            422: components["responses"]["ConversationErrors422"];
            429: components["responses"]["ConversationErrors429"];
            503: components["responses"]["ConversationErrors503"];
        };
    };
    clear_flag: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The conversation. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Cleared. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Acted"];
                };
            };
            400: components["responses"]["ActionErrors400"];
            401: components["responses"]["ActionErrors401"];
            403: components["responses"]["ActionErrors403"];
            404: components["responses"]["ActionErrors404"];
            408: components["responses"]["ActionErrors408"];
            409: components["responses"]["ActionErrors409"];
            413: components["responses"]["ActionErrors413"];
            415: components["responses"]["ActionErrors415"];
            422: components["responses"]["ActionErrors422"];
            503: components["responses"]["ActionErrors503"];
            507: components["responses"]["ActionErrors507"];
        };
    };
    reject_draft: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The draft. */
                draft: string;
                /** @description The conversation. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Turned down. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Acted"];
                };
            };
            400: components["responses"]["ActionErrors400"];
            401: components["responses"]["ActionErrors401"];
            403: components["responses"]["ActionErrors403"];
            404: components["responses"]["ActionErrors404"];
            408: components["responses"]["ActionErrors408"];
            409: components["responses"]["ActionErrors409"];
            413: components["responses"]["ActionErrors413"];
            415: components["responses"]["ActionErrors415"];
            422: components["responses"]["ActionErrors422"];
            503: components["responses"]["ActionErrors503"];
            507: components["responses"]["ActionErrors507"];
        };
    };
    release_draft: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The draft. */
                draft: string;
                /** @description The conversation. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReleaseBody"];
            };
        };
        responses: {
            /** @description Sent. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Acted"];
                };
            };
            400: components["responses"]["ActionErrors400"];
            401: components["responses"]["ActionErrors401"];
            403: components["responses"]["ActionErrors403"];
            404: components["responses"]["ActionErrors404"];
            408: components["responses"]["ActionErrors408"];
            409: components["responses"]["ActionErrors409"];
            413: components["responses"]["ActionErrors413"];
            415: components["responses"]["ActionErrors415"];
            422: components["responses"]["ActionErrors422"];
            503: components["responses"]["ActionErrors503"];
            507: components["responses"]["ActionErrors507"];
        };
    };
    end_review: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The conversation. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ended. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Acted"];
                };
            };
            400: components["responses"]["ActionErrors400"];
            401: components["responses"]["ActionErrors401"];
            403: components["responses"]["ActionErrors403"];
            404: components["responses"]["ActionErrors404"];
            408: components["responses"]["ActionErrors408"];
            409: components["responses"]["ActionErrors409"];
            413: components["responses"]["ActionErrors413"];
            415: components["responses"]["ActionErrors415"];
            422: components["responses"]["ActionErrors422"];
            503: components["responses"]["ActionErrors503"];
            507: components["responses"]["ActionErrors507"];
        };
    };
    list_entries: {
        parameters: {
            query?: {
                /** @description The version that is known already. */
                after?: number;
            };
            header?: never;
            path: {
                /** @description The conversation. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What happened. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Entries"];
                };
            };
            401: components["responses"]["ConversationErrors401"];
            403: components["responses"]["ConversationErrors403"];
            404: components["responses"]["ConversationErrors404"];
            422: components["responses"]["ConversationErrors422"];
            429: components["responses"]["ConversationErrors429"];
            503: components["responses"]["ConversationErrors503"];
        };
    };
    hand_back: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The conversation. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HandBackBody"];
            };
        };
        responses: {
            /** @description The assistant has it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Acted"];
                };
            };
            400: components["responses"]["ActionErrors400"];
            401: components["responses"]["ActionErrors401"];
            403: components["responses"]["ActionErrors403"];
            404: components["responses"]["ActionErrors404"];
            408: components["responses"]["ActionErrors408"];
            409: components["responses"]["ActionErrors409"];
            413: components["responses"]["ActionErrors413"];
            415: components["responses"]["ActionErrors415"];
            422: components["responses"]["ActionErrors422"];
            503: components["responses"]["ActionErrors503"];
            507: components["responses"]["ActionErrors507"];
        };
    };
    ask_for_handoff: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The conversation. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HandoffBody"];
            };
        };
        responses: {
            /** @description A person is asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HandoffAnswer"];
                };
            };
            400: components["responses"]["ProgramErrors400"];
            401: components["responses"]["ProgramErrors401"];
            403: components["responses"]["ProgramErrors403"];
            404: components["responses"]["ProgramErrors404"];
            408: components["responses"]["ProgramErrors408"];
            409: components["responses"]["ProgramErrors409"];
            413: components["responses"]["ProgramErrors413"];
            415: components["responses"]["ProgramErrors415"];
            422: components["responses"]["ProgramErrors422"];
            429: components["responses"]["ProgramErrors429"];
            503: components["responses"]["ProgramErrors503"];
            507: components["responses"]["ProgramErrors507"];
        };
    };
    hint_draft: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The conversation. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HintBody"];
            };
        };
        responses: {
            /** @description What need not be asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HintAnswer"];
                };
            };
            400: components["responses"]["ActionErrors400"];
            401: components["responses"]["ActionErrors401"];
            403: components["responses"]["ActionErrors403"];
            404: components["responses"]["ActionErrors404"];
            408: components["responses"]["ActionErrors408"];
            409: components["responses"]["ActionErrors409"];
            413: components["responses"]["ActionErrors413"];
            415: components["responses"]["ActionErrors415"];
            422: components["responses"]["ActionErrors422"];
            503: components["responses"]["ActionErrors503"];
            507: components["responses"]["ActionErrors507"];
        };
    };
    add_note: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The conversation. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoteBody"];
            };
        };
        responses: {
            /** @description Noted. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Acted"];
                };
            };
            400: components["responses"]["ActionErrors400"];
            401: components["responses"]["ActionErrors401"];
            403: components["responses"]["ActionErrors403"];
            404: components["responses"]["ActionErrors404"];
            408: components["responses"]["ActionErrors408"];
            409: components["responses"]["ActionErrors409"];
            413: components["responses"]["ActionErrors413"];
            415: components["responses"]["ActionErrors415"];
            422: components["responses"]["ActionErrors422"];
            503: components["responses"]["ActionErrors503"];
            507: components["responses"]["ActionErrors507"];
        };
    };
    read_packet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The conversation. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The packet. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Packet"];
                };
            };
            401: components["responses"]["ConversationErrors401"];
            403: components["responses"]["ConversationErrors403"];
            404: components["responses"]["ConversationErrors404"];
            422: components["responses"]["ConversationErrors422"];
            429: components["responses"]["ConversationErrors429"];
            503: components["responses"]["ConversationErrors503"];
        };
    };
    mark_packet_read: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The conversation. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PacketReadBody"];
            };
        };
        responses: {
            /** @description Noted. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Acted"];
                };
            };
            400: components["responses"]["ActionErrors400"];
            401: components["responses"]["ActionErrors401"];
            403: components["responses"]["ActionErrors403"];
            404: components["responses"]["ActionErrors404"];
            408: components["responses"]["ActionErrors408"];
            409: components["responses"]["ActionErrors409"];
            413: components["responses"]["ActionErrors413"];
            415: components["responses"]["ActionErrors415"];
            422: components["responses"]["ActionErrors422"];
            503: components["responses"]["ActionErrors503"];
            507: components["responses"]["ActionErrors507"];
        };
    };
    reply: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The conversation. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplyBody"];
            };
        };
        responses: {
            /** @description Said. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Said"];
                };
            };
            400: components["responses"]["ActionErrors400"];
            401: components["responses"]["ActionErrors401"];
            403: components["responses"]["ActionErrors403"];
            404: components["responses"]["ActionErrors404"];
            408: components["responses"]["ActionErrors408"];
            409: components["responses"]["ActionErrors409"];
            413: components["responses"]["ActionErrors413"];
            415: components["responses"]["ActionErrors415"];
            422: components["responses"]["ActionErrors422"];
            503: components["responses"]["ActionErrors503"];
            507: components["responses"]["ActionErrors507"];
        };
    };
    requeue: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The conversation. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RequeueBody"];
            };
        };
        responses: {
            /** @description It waits again. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Acted"];
                };
            };
            400: components["responses"]["ActionErrors400"];
            401: components["responses"]["ActionErrors401"];
            403: components["responses"]["ActionErrors403"];
            404: components["responses"]["ActionErrors404"];
            408: components["responses"]["ActionErrors408"];
            409: components["responses"]["ActionErrors409"];
            413: components["responses"]["ActionErrors413"];
            415: components["responses"]["ActionErrors415"];
            422: components["responses"]["ActionErrors422"];
            503: components["responses"]["ActionErrors503"];
            507: components["responses"]["ActionErrors507"];
        };
    };
    resolve: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The conversation. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResolveBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Acted"];
                };
            };
            400: components["responses"]["ActionErrors400"];
            401: components["responses"]["ActionErrors401"];
            403: components["responses"]["ActionErrors403"];
            404: components["responses"]["ActionErrors404"];
            408: components["responses"]["ActionErrors408"];
            409: components["responses"]["ActionErrors409"];
            413: components["responses"]["ActionErrors413"];
            415: components["responses"]["ActionErrors415"];
            422: components["responses"]["ActionErrors422"];
            503: components["responses"]["ActionErrors503"];
            507: components["responses"]["ActionErrors507"];
        };
    };
    take: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The conversation. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TakeBody"];
            };
        };
        responses: {
            /** @description Taken. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Acted"];
                };
            };
            400: components["responses"]["ActionErrors400"];
            401: components["responses"]["ActionErrors401"];
            403: components["responses"]["ActionErrors403"];
            404: components["responses"]["ActionErrors404"];
            408: components["responses"]["ActionErrors408"];
            409: components["responses"]["ActionErrors409"];
            413: components["responses"]["ActionErrors413"];
            415: components["responses"]["ActionErrors415"];
            422: components["responses"]["ActionErrors422"];
            503: components["responses"]["ActionErrors503"];
            507: components["responses"]["ActionErrors507"];
        };
    };
    transfer: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The conversation. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TransferBody"];
            };
        };
        responses: {
            /** @description It waits there. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Acted"];
                };
            };
            400: components["responses"]["ActionErrors400"];
            401: components["responses"]["ActionErrors401"];
            403: components["responses"]["ActionErrors403"];
            404: components["responses"]["ActionErrors404"];
            408: components["responses"]["ActionErrors408"];
            409: components["responses"]["ActionErrors409"];
            413: components["responses"]["ActionErrors413"];
            415: components["responses"]["ActionErrors415"];
            422: components["responses"]["ActionErrors422"];
            503: components["responses"]["ActionErrors503"];
            507: components["responses"]["ActionErrors507"];
        };
    };
    add_turn: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The conversation. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TurnBody"];
            };
        };
        responses: {
            /** @description What follows. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TurnAnswer"];
                };
            };
            /** @description It waits as a draft for a person. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TurnAnswer"];
                };
            };
            400: components["responses"]["ProgramErrors400"];
            401: components["responses"]["ProgramErrors401"];
            403: components["responses"]["ProgramErrors403"];
            404: components["responses"]["ProgramErrors404"];
            408: components["responses"]["ProgramErrors408"];
            409: components["responses"]["ProgramErrors409"];
            413: components["responses"]["ProgramErrors413"];
            415: components["responses"]["ProgramErrors415"];
            422: components["responses"]["ProgramErrors422"];
            429: components["responses"]["ProgramErrors429"];
            503: components["responses"]["ProgramErrors503"];
            507: components["responses"]["ProgramErrors507"];
        };
    };
    explain_turn: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The conversation. */
                id: string;
                /** @description The customer's turn. */
                turn: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Everything that was decided on it; nothing where the policy was not asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExplainAnswer"];
                };
            };
            401: components["responses"]["ConversationErrors401"];
            403: components["responses"]["ConversationErrors403"];
            404: components["responses"]["ConversationErrors404"];
            422: components["responses"]["ConversationErrors422"];
            429: components["responses"]["ConversationErrors429"];
            503: components["responses"]["ConversationErrors503"];
        };
    };
    list_customers: {
        parameters: {
            query?: {
                /** @description 1 to 1000; 100 if absent. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Customers. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_CustomerRow"];
                };
            };
            401: components["responses"]["ReadErrors401"];
            403: components["responses"]["ReadErrors403"];
            422: components["responses"]["ReadErrors422"];
            503: components["responses"]["ReadErrors503"];
        };
    };
    import_customers: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "text/csv": string;
            };
        };
        responses: {
            /** @description Read. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportAnswer"];
                };
            };
            400: components["responses"]["SettingErrors400"];
            401: components["responses"]["SettingErrors401"];
            403: components["responses"]["SettingErrors403"];
            404: components["responses"]["SettingErrors404"];
            408: components["responses"]["SettingErrors408"];
            409: components["responses"]["SettingErrors409"];
            412: components["responses"]["SettingErrors412"];
            413: components["responses"]["SettingErrors413"];
            415: components["responses"]["SettingErrors415"];
            422: components["responses"]["SettingErrors422"];
            503: components["responses"]["SettingErrors503"];
            507: components["responses"]["SettingErrors507"];
        };
    };
    read_dashboard: {
        parameters: {
            query?: {
                /** @description Handoffs that this agent had last. */
                agent?: string;
                /** @description What an active minute of an agent costs, in any currency; 0.60 if absent. */
                agent_minute_cost?: number;
                /** @description Conversations on this channel. */
                channel?: string;
                /** @description The window in days, 1 to 366; 28 if absent. */
                days?: number;
                /** @description Conversations that began in this local hour, `0` to `23`. */
                hour?: string;
                /** @description Whether the demo's history counts. */
                include_demo?: boolean;
                /** @description Conversations on pages in this language. */
                language?: string;
                /** @description Conversations that this version of the policy judged first. */
                policy?: string;
                /** @description Handoffs that came to this queue last. */
                queue?: string;
                /** @description Handoffs that this rule asked for. */
                rule?: string;
                /** @description How many conversations lead on from each figure, 1 to 1,000; 20 if absent. */
                shown?: number;
                /** @description What a million tokens of the model cost, in the same; 2.00 if absent. */
                tokens_million_cost?: number;
                /** @description Conversations in which this topic was found first. */
                topic?: string;
                /**
                 * @description Handoffs of this trigger alone, and their conversations. Here and below the
                 *     empty value wants those of which it is not known.
                 */
                trigger?: string;
                /** @description Conversations of customers in this time zone. */
                zone?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The figures; `docs/METRICS.md` defines them. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dashboard"];
                };
            };
            401: components["responses"]["ReadErrors401"];
            403: components["responses"]["ReadErrors403"];
            422: components["responses"]["ReadErrors422"];
            503: components["responses"]["ReadErrors503"];
        };
    };
    accept_invitation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvitationBody"];
            };
        };
        responses: {
            /** @description Signed in. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            400: components["responses"]["DoorErrors400"];
            401: components["responses"]["DoorErrors401"];
            403: components["responses"]["DoorErrors403"];
            408: components["responses"]["DoorErrors408"];
            413: components["responses"]["DoorErrors413"];
            415: components["responses"]["DoorErrors415"];
            422: components["responses"]["DoorErrors422"];
            429: components["responses"]["DoorErrors429"];
            503: components["responses"]["DoorErrors503"];
            507: components["responses"]["DoorErrors507"];
        };
    };
    list_keys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The keys. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_KeyRow"];
                };
            };
            401: components["responses"]["ReadErrors401"];
            403: components["responses"]["ReadErrors403"];
            422: components["responses"]["ReadErrors422"];
            503: components["responses"]["ReadErrors503"];
        };
    };
    create_key: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeyBody"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyMade"];
                };
            };
            400: components["responses"]["SettingErrors400"];
            401: components["responses"]["SettingErrors401"];
            403: components["responses"]["SettingErrors403"];
            404: components["responses"]["SettingErrors404"];
            408: components["responses"]["SettingErrors408"];
            409: components["responses"]["SettingErrors409"];
            412: components["responses"]["SettingErrors412"];
            413: components["responses"]["SettingErrors413"];
            415: components["responses"]["SettingErrors415"];
            422: components["responses"]["SettingErrors422"];
            503: components["responses"]["SettingErrors503"];
            507: components["responses"]["SettingErrors507"];
        };
    };
    revoke_key: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken back. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["SettingErrors400"];
            401: components["responses"]["SettingErrors401"];
            403: components["responses"]["SettingErrors403"];
            404: components["responses"]["SettingErrors404"];
            408: components["responses"]["SettingErrors408"];
            409: components["responses"]["SettingErrors409"];
            412: components["responses"]["SettingErrors412"];
            413: components["responses"]["SettingErrors413"];
            415: components["responses"]["SettingErrors415"];
            422: components["responses"]["SettingErrors422"];
            503: components["responses"]["SettingErrors503"];
            507: components["responses"]["SettingErrors507"];
        };
    };
    list_knowledge: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What is known; withdrawn ones, too. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_TaughtVersion"];
                };
            };
            401: components["responses"]["ReadErrors401"];
            403: components["responses"]["ReadErrors403"];
            422: components["responses"]["ReadErrors422"];
            503: components["responses"]["ReadErrors503"];
        };
    };
    read_article: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The article. */
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its versions. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaughtHistory"];
                };
            };
            401: components["responses"]["ReadErrors401"];
            403: components["responses"]["ReadErrors403"];
            /** @description `not_found`: there is no such article. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            422: components["responses"]["ReadErrors422"];
            503: components["responses"]["ReadErrors503"];
        };
    };
    publish_article: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The article: lower-case letters, digits and hyphens. */
                slug: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ArticleBody"];
            };
        };
        responses: {
            /** @description In use. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaughtVersion"];
                };
            };
            400: components["responses"]["KnowledgeErrors400"];
            401: components["responses"]["KnowledgeErrors401"];
            403: components["responses"]["KnowledgeErrors403"];
            404: components["responses"]["KnowledgeErrors404"];
            408: components["responses"]["KnowledgeErrors408"];
            412: components["responses"]["KnowledgeErrors412"];
            413: components["responses"]["KnowledgeErrors413"];
            415: components["responses"]["KnowledgeErrors415"];
            422: components["responses"]["KnowledgeErrors422"];
            503: components["responses"]["KnowledgeErrors503"];
            507: components["responses"]["KnowledgeErrors507"];
        };
    };
    roll_back_article: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The article. */
                slug: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RollBackBody"];
            };
        };
        responses: {
            /** @description In use. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaughtVersion"];
                };
            };
            400: components["responses"]["KnowledgeErrors400"];
            401: components["responses"]["KnowledgeErrors401"];
            403: components["responses"]["KnowledgeErrors403"];
            404: components["responses"]["KnowledgeErrors404"];
            408: components["responses"]["KnowledgeErrors408"];
            412: components["responses"]["KnowledgeErrors412"];
            413: components["responses"]["KnowledgeErrors413"];
            415: components["responses"]["KnowledgeErrors415"];
            422: components["responses"]["KnowledgeErrors422"];
            503: components["responses"]["KnowledgeErrors503"];
            507: components["responses"]["KnowledgeErrors507"];
        };
    };
    withdraw_article: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The article. */
                slug: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WithdrawBody"];
            };
        };
        responses: {
            /** @description Out of use. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaughtVersion"];
                };
            };
            400: components["responses"]["KnowledgeErrors400"];
            401: components["responses"]["KnowledgeErrors401"];
            403: components["responses"]["KnowledgeErrors403"];
            404: components["responses"]["KnowledgeErrors404"];
            408: components["responses"]["KnowledgeErrors408"];
            412: components["responses"]["KnowledgeErrors412"];
            413: components["responses"]["KnowledgeErrors413"];
            415: components["responses"]["KnowledgeErrors415"];
            422: components["responses"]["KnowledgeErrors422"];
            503: components["responses"]["KnowledgeErrors503"];
            507: components["responses"]["KnowledgeErrors507"];
        };
    };
    read_instructions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Their versions. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaughtHistory"];
                };
            };
            401: components["responses"]["ReadErrors401"];
            403: components["responses"]["ReadErrors403"];
            422: components["responses"]["ReadErrors422"];
            503: components["responses"]["ReadErrors503"];
        };
    };
    publish_instructions: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InstructionsBody"];
            };
        };
        responses: {
            /** @description In use. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaughtVersion"];
                };
            };
            400: components["responses"]["KnowledgeErrors400"];
            401: components["responses"]["KnowledgeErrors401"];
            403: components["responses"]["KnowledgeErrors403"];
            404: components["responses"]["KnowledgeErrors404"];
            408: components["responses"]["KnowledgeErrors408"];
            412: components["responses"]["KnowledgeErrors412"];
            413: components["responses"]["KnowledgeErrors413"];
            415: components["responses"]["KnowledgeErrors415"];
            422: components["responses"]["KnowledgeErrors422"];
            503: components["responses"]["KnowledgeErrors503"];
            507: components["responses"]["KnowledgeErrors507"];
        };
    };
    roll_back_instructions: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RollBackBody"];
            };
        };
        responses: {
            /** @description In use. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaughtVersion"];
                };
            };
            400: components["responses"]["KnowledgeErrors400"];
            401: components["responses"]["KnowledgeErrors401"];
            403: components["responses"]["KnowledgeErrors403"];
            404: components["responses"]["KnowledgeErrors404"];
            408: components["responses"]["KnowledgeErrors408"];
            412: components["responses"]["KnowledgeErrors412"];
            413: components["responses"]["KnowledgeErrors413"];
            415: components["responses"]["KnowledgeErrors415"];
            422: components["responses"]["KnowledgeErrors422"];
            503: components["responses"]["KnowledgeErrors503"];
            507: components["responses"]["KnowledgeErrors507"];
        };
    };
    withdraw_instructions: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WithdrawBody"];
            };
        };
        responses: {
            /** @description Out of use. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaughtVersion"];
                };
            };
            400: components["responses"]["KnowledgeErrors400"];
            401: components["responses"]["KnowledgeErrors401"];
            403: components["responses"]["KnowledgeErrors403"];
            404: components["responses"]["KnowledgeErrors404"];
            408: components["responses"]["KnowledgeErrors408"];
            412: components["responses"]["KnowledgeErrors412"];
            413: components["responses"]["KnowledgeErrors413"];
            415: components["responses"]["KnowledgeErrors415"];
            422: components["responses"]["KnowledgeErrors422"];
            503: components["responses"]["KnowledgeErrors503"];
            507: components["responses"]["KnowledgeErrors507"];
        };
    };
    read_learning: {
        parameters: {
            query?: {
                /** @description The window in days, 1 to 182; 28 if absent. */
                days?: number;
                /** @description Whether the demo's history counts. */
                include_demo?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The clusters. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Learning"];
                };
            };
            401: components["responses"]["ReadErrors401"];
            403: components["responses"]["ReadErrors403"];
            422: components["responses"]["ReadErrors422"];
            503: components["responses"]["ReadErrors503"];
        };
    };
    check_article: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CheckBody"];
            };
        };
        responses: {
            /** @description What would change. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckAnswer"];
                };
            };
            400: components["responses"]["SettingErrors400"];
            401: components["responses"]["SettingErrors401"];
            403: components["responses"]["SettingErrors403"];
            404: components["responses"]["SettingErrors404"];
            408: components["responses"]["SettingErrors408"];
            409: components["responses"]["SettingErrors409"];
            412: components["responses"]["SettingErrors412"];
            413: components["responses"]["SettingErrors413"];
            415: components["responses"]["SettingErrors415"];
            422: components["responses"]["SettingErrors422"];
            503: components["responses"]["SettingErrors503"];
            507: components["responses"]["SettingErrors507"];
        };
    };
    read_failure_cluster: {
        parameters: {
            query?: {
                /** @description The window in days, 1 to 182; 28 if absent. */
                days?: number;
                /** @description Whether the demo's history counts. */
                include_demo?: boolean;
            };
            header?: never;
            path: {
                /** @description The cluster. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The cluster. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FailureClusterDetail"];
                };
            };
            401: components["responses"]["ReadErrors401"];
            403: components["responses"]["ReadErrors403"];
            /** @description `not_found`: there is no such cluster. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            422: components["responses"]["ReadErrors422"];
            503: components["responses"]["ReadErrors503"];
        };
    };
    propose_article: {
        parameters: {
            query?: {
                /**
                 * @description The article to edit; empty for a new one. Where absent, the article that is found for
                 *     the questions now is edited, and else a new one is begun.
                 */
                article?: string;
                /** @description Whether the demo's history counts. */
                include_demo?: boolean;
            };
            header?: never;
            path: {
                /** @description The cluster. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The proposal. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposedArticle"];
                };
            };
            401: components["responses"]["ReadErrors401"];
            403: components["responses"]["ReadErrors403"];
            /** @description `not_found`: there is no such cluster or article. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            422: components["responses"]["ReadErrors422"];
            503: components["responses"]["ReadErrors503"];
        };
    };
    create_live_ticket: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The ticket. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ticket"];
                };
            };
            400: components["responses"]["DoorErrors400"];
            401: components["responses"]["DoorErrors401"];
            403: components["responses"]["DoorErrors403"];
            408: components["responses"]["DoorErrors408"];
            413: components["responses"]["DoorErrors413"];
            415: components["responses"]["DoorErrors415"];
            422: components["responses"]["DoorErrors422"];
            429: components["responses"]["DoorErrors429"];
            503: components["responses"]["DoorErrors503"];
            507: components["responses"]["DoorErrors507"];
        };
    };
    read_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who is signed in. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            401: components["responses"]["ReadErrors401"];
            403: components["responses"]["ReadErrors403"];
            422: components["responses"]["ReadErrors422"];
            503: components["responses"]["ReadErrors503"];
        };
    };
    set_presence: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PresenceBody"];
            };
        };
        responses: {
            /** @description Said. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            400: components["responses"]["DoorErrors400"];
            401: components["responses"]["DoorErrors401"];
            403: components["responses"]["DoorErrors403"];
            408: components["responses"]["DoorErrors408"];
            413: components["responses"]["DoorErrors413"];
            415: components["responses"]["DoorErrors415"];
            422: components["responses"]["DoorErrors422"];
            429: components["responses"]["DoorErrors429"];
            503: components["responses"]["DoorErrors503"];
            507: components["responses"]["DoorErrors507"];
        };
    };
    read_breakdown: {
        parameters: {
            query: {
                /** @description Handoffs that this agent had last. */
                agent?: string;
                /** @description The dimension. */
                by: components["schemas"]["BreakdownBy"];
                /** @description Conversations on this channel. */
                channel?: string;
                /** @description The window in days, 1 to 366; 28 if absent. */
                days?: number;
                /** @description Conversations that began in this local hour, `0` to `23`. */
                hour?: string;
                /** @description Whether the demo's history counts. */
                include_demo?: boolean;
                /** @description Conversations on pages in this language. */
                language?: string;
                /** @description Conversations that this version of the policy judged first. */
                policy?: string;
                /** @description Handoffs that came to this queue last. */
                queue?: string;
                /** @description Handoffs that this rule asked for. */
                rule?: string;
                /** @description Conversations in which this topic was found first. */
                topic?: string;
                /**
                 * @description Handoffs of this trigger alone, and their conversations. Here and below the
                 *     empty value wants those of which it is not known.
                 */
                trigger?: string;
                /** @description Conversations of customers in this time zone. */
                zone?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The figures by value; `docs/METRICS.md` defines them. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Breakdown"];
                };
            };
            401: components["responses"]["ReadErrors401"];
            403: components["responses"]["ReadErrors403"];
            422: components["responses"]["ReadErrors422"];
            503: components["responses"]["ReadErrors503"];
        };
    };
    list_figure_conversations: {
        parameters: {
            query?: {
                /** @description Handoffs that this agent had last. */
                agent?: string;
                /** @description Conversations on this channel. */
                channel?: string;
                /** @description The window in days, 1 to 366; 28 if absent. */
                days?: number;
                /**
                 * @description Those that this share counts in its numerator; the id is that of
                 *     `docs/METRICS.md`.
                 */
                hits?: string;
                /** @description Conversations that began in this local hour, `0` to `23`. */
                hour?: string;
                /** @description Whether the demo's history counts. */
                include_demo?: boolean;
                /** @description Conversations on pages in this language. */
                language?: string;
                /** @description How many at most, 1 to 200; 50 if absent. */
                limit?: number;
                /** @description Those that it counts in its denominator alone. */
                misses?: string;
                /** @description Those of this outcome. */
                outcome?: string;
                /** @description Conversations that this version of the policy judged first. */
                policy?: string;
                /** @description Handoffs that came to this queue last. */
                queue?: string;
                /** @description Those of which an agent named this root cause. */
                root_cause?: string;
                /** @description Handoffs that this rule asked for. */
                rule?: string;
                /** @description How many of the newest are passed over. */
                skip?: number;
                /** @description Conversations in which this topic was found first. */
                topic?: string;
                /**
                 * @description Handoffs of this trigger alone, and their conversations. Here and below the
                 *     empty value wants those of which it is not known.
                 */
                trigger?: string;
                /** @description Conversations of customers in this time zone. */
                zone?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Some of them, and how many there are. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FigureCases"];
                };
            };
            401: components["responses"]["ReadErrors401"];
            403: components["responses"]["ReadErrors403"];
            422: components["responses"]["ReadErrors422"];
            503: components["responses"]["ReadErrors503"];
        };
    };
    accept_offer: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The offer. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is the caller's. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
            400: components["responses"]["ActionErrors400"];
            401: components["responses"]["ActionErrors401"];
            403: components["responses"]["ActionErrors403"];
            404: components["responses"]["ActionErrors404"];
            408: components["responses"]["ActionErrors408"];
            409: components["responses"]["ActionErrors409"];
            413: components["responses"]["ActionErrors413"];
            415: components["responses"]["ActionErrors415"];
            422: components["responses"]["ActionErrors422"];
            503: components["responses"]["ActionErrors503"];
            507: components["responses"]["ActionErrors507"];
        };
    };
    decline_offer: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The offer. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeclineBody"];
            };
        };
        responses: {
            /** @description It goes to somebody else. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Acted"];
                };
            };
            400: components["responses"]["ActionErrors400"];
            401: components["responses"]["ActionErrors401"];
            403: components["responses"]["ActionErrors403"];
            404: components["responses"]["ActionErrors404"];
            408: components["responses"]["ActionErrors408"];
            409: components["responses"]["ActionErrors409"];
            413: components["responses"]["ActionErrors413"];
            415: components["responses"]["ActionErrors415"];
            422: components["responses"]["ActionErrors422"];
            503: components["responses"]["ActionErrors503"];
            507: components["responses"]["ActionErrors507"];
        };
    };
    read_policy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The policy. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyAnswer"];
                };
            };
            401: components["responses"]["ReadErrors401"];
            403: components["responses"]["ReadErrors403"];
            422: components["responses"]["ReadErrors422"];
            503: components["responses"]["ReadErrors503"];
        };
    };
    activate_policy: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
                /** @description The version that was edited. */
                "If-Match"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ActivateBody"];
            };
        };
        responses: {
            /** @description In force. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyAnswer"];
                };
            };
            400: components["responses"]["RolloutErrors400"];
            401: components["responses"]["RolloutErrors401"];
            403: components["responses"]["RolloutErrors403"];
            404: components["responses"]["RolloutErrors404"];
            408: components["responses"]["RolloutErrors408"];
            409: components["responses"]["RolloutErrors409"];
            412: components["responses"]["RolloutErrors412"];
            413: components["responses"]["RolloutErrors413"];
            415: components["responses"]["RolloutErrors415"];
            422: components["responses"]["RolloutErrors422"];
            503: components["responses"]["RolloutErrors503"];
            507: components["responses"]["RolloutErrors507"];
        };
    };
    read_cases: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The cases. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CasesAnswer"];
                };
            };
            401: components["responses"]["ReadErrors401"];
            403: components["responses"]["ReadErrors403"];
            422: components["responses"]["ReadErrors422"];
            503: components["responses"]["ReadErrors503"];
        };
    };
    put_cases: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CasesBody"];
            };
        };
        responses: {
            /** @description Kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CasesAnswer"];
                };
            };
            400: components["responses"]["SettingErrors400"];
            401: components["responses"]["SettingErrors401"];
            403: components["responses"]["SettingErrors403"];
            404: components["responses"]["SettingErrors404"];
            408: components["responses"]["SettingErrors408"];
            409: components["responses"]["SettingErrors409"];
            412: components["responses"]["SettingErrors412"];
            413: components["responses"]["SettingErrors413"];
            415: components["responses"]["SettingErrors415"];
            422: components["responses"]["SettingErrors422"];
            503: components["responses"]["SettingErrors503"];
            507: components["responses"]["SettingErrors507"];
        };
    };
    diff_policy: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DiffBody"];
            };
        };
        responses: {
            /** @description What differs. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DiffAnswer"];
                };
            };
            400: components["responses"]["SettingErrors400"];
            401: components["responses"]["SettingErrors401"];
            403: components["responses"]["SettingErrors403"];
            404: components["responses"]["SettingErrors404"];
            408: components["responses"]["SettingErrors408"];
            409: components["responses"]["SettingErrors409"];
            412: components["responses"]["SettingErrors412"];
            413: components["responses"]["SettingErrors413"];
            415: components["responses"]["SettingErrors415"];
            422: components["responses"]["SettingErrors422"];
            503: components["responses"]["SettingErrors503"];
            507: components["responses"]["SettingErrors507"];
        };
    };
    lint_policy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PolicyBody"];
            };
        };
        responses: {
            /** @description What was found. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LintAnswer"];
                };
            };
            400: components["responses"]["SettingErrors400"];
            401: components["responses"]["SettingErrors401"];
            403: components["responses"]["SettingErrors403"];
            404: components["responses"]["SettingErrors404"];
            408: components["responses"]["SettingErrors408"];
            409: components["responses"]["SettingErrors409"];
            412: components["responses"]["SettingErrors412"];
            413: components["responses"]["SettingErrors413"];
            415: components["responses"]["SettingErrors415"];
            422: components["responses"]["SettingErrors422"];
            503: components["responses"]["SettingErrors503"];
            507: components["responses"]["SettingErrors507"];
        };
    };
    list_policy_proposals: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The proposals. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_Proposal"];
                };
            };
            401: components["responses"]["ReadErrors401"];
            403: components["responses"]["ReadErrors403"];
            422: components["responses"]["ReadErrors422"];
            503: components["responses"]["ReadErrors503"];
        };
    };
    propose_policy: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProposalBody"];
            };
        };
        responses: {
            /** @description Proposed. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Proposal"];
                };
            };
            400: components["responses"]["RolloutErrors400"];
            401: components["responses"]["RolloutErrors401"];
            403: components["responses"]["RolloutErrors403"];
            404: components["responses"]["RolloutErrors404"];
            408: components["responses"]["RolloutErrors408"];
            409: components["responses"]["RolloutErrors409"];
            412: components["responses"]["RolloutErrors412"];
            413: components["responses"]["RolloutErrors413"];
            415: components["responses"]["RolloutErrors415"];
            422: components["responses"]["RolloutErrors422"];
            503: components["responses"]["RolloutErrors503"];
            507: components["responses"]["RolloutErrors507"];
        };
    };
    read_policy_proposal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The proposal. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The proposal. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposalDetail"];
                };
            };
            401: components["responses"]["ReadErrors401"];
            403: components["responses"]["ReadErrors403"];
            /** @description `not_found`: there is no such proposal. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            422: components["responses"]["ReadErrors422"];
            503: components["responses"]["ReadErrors503"];
        };
    };
    approve_policy_proposal: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The proposal. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApproveBody"];
            };
        };
        responses: {
            /** @description In force. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyAnswer"];
                };
            };
            400: components["responses"]["RolloutErrors400"];
            401: components["responses"]["RolloutErrors401"];
            403: components["responses"]["RolloutErrors403"];
            404: components["responses"]["RolloutErrors404"];
            408: components["responses"]["RolloutErrors408"];
            409: components["responses"]["RolloutErrors409"];
            412: components["responses"]["RolloutErrors412"];
            413: components["responses"]["RolloutErrors413"];
            415: components["responses"]["RolloutErrors415"];
            422: components["responses"]["RolloutErrors422"];
            503: components["responses"]["RolloutErrors503"];
            507: components["responses"]["RolloutErrors507"];
        };
    };
    reject_policy_proposal: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The proposal. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReasonBody"];
            };
        };
        responses: {
            /** @description Rejected. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Proposal"];
                };
            };
            400: components["responses"]["RolloutErrors400"];
            401: components["responses"]["RolloutErrors401"];
            403: components["responses"]["RolloutErrors403"];
            404: components["responses"]["RolloutErrors404"];
            408: components["responses"]["RolloutErrors408"];
            409: components["responses"]["RolloutErrors409"];
            412: components["responses"]["RolloutErrors412"];
            413: components["responses"]["RolloutErrors413"];
            415: components["responses"]["RolloutErrors415"];
            422: components["responses"]["RolloutErrors422"];
            503: components["responses"]["RolloutErrors503"];
            507: components["responses"]["RolloutErrors507"];
        };
    };
    withdraw_policy_proposal: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The proposal. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            /** @description Withdrawn. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Proposal"];
                };
            };
            400: components["responses"]["RolloutErrors400"];
            401: components["responses"]["RolloutErrors401"];
            403: components["responses"]["RolloutErrors403"];
            404: components["responses"]["RolloutErrors404"];
            408: components["responses"]["RolloutErrors408"];
            409: components["responses"]["RolloutErrors409"];
            412: components["responses"]["RolloutErrors412"];
            413: components["responses"]["RolloutErrors413"];
            415: components["responses"]["RolloutErrors415"];
            422: components["responses"]["RolloutErrors422"];
            503: components["responses"]["RolloutErrors503"];
            507: components["responses"]["RolloutErrors507"];
        };
    };
    roll_back_policy: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReasonBody"];
            };
        };
        responses: {
            /** @description In force again. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyAnswer"];
                };
            };
            400: components["responses"]["RolloutErrors400"];
            401: components["responses"]["RolloutErrors401"];
            403: components["responses"]["RolloutErrors403"];
            404: components["responses"]["RolloutErrors404"];
            408: components["responses"]["RolloutErrors408"];
            409: components["responses"]["RolloutErrors409"];
            412: components["responses"]["RolloutErrors412"];
            413: components["responses"]["RolloutErrors413"];
            415: components["responses"]["RolloutErrors415"];
            422: components["responses"]["RolloutErrors422"];
            503: components["responses"]["RolloutErrors503"];
            507: components["responses"]["RolloutErrors507"];
        };
    };
    read_policy_schema: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The schema. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            401: components["responses"]["ReadErrors401"];
            403: components["responses"]["ReadErrors403"];
            422: components["responses"]["ReadErrors422"];
            503: components["responses"]["ReadErrors503"];
        };
    };
    test_policy: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TestBody"];
            };
        };
        responses: {
            /** @description How they went. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestAnswer"];
                };
            };
            400: components["responses"]["SettingErrors400"];
            401: components["responses"]["SettingErrors401"];
            403: components["responses"]["SettingErrors403"];
            404: components["responses"]["SettingErrors404"];
            408: components["responses"]["SettingErrors408"];
            409: components["responses"]["SettingErrors409"];
            412: components["responses"]["SettingErrors412"];
            413: components["responses"]["SettingErrors413"];
            415: components["responses"]["SettingErrors415"];
            422: components["responses"]["SettingErrors422"];
            503: components["responses"]["SettingErrors503"];
            507: components["responses"]["SettingErrors507"];
        };
    };
    list_policy_trials: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The trials. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_Trial"];
                };
            };
            401: components["responses"]["ReadErrors401"];
            403: components["responses"]["ReadErrors403"];
            422: components["responses"]["ReadErrors422"];
            503: components["responses"]["ReadErrors503"];
        };
    };
    try_policy: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TrialBody"];
            };
        };
        responses: {
            /** @description It runs. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Trial"];
                };
            };
            400: components["responses"]["RolloutErrors400"];
            401: components["responses"]["RolloutErrors401"];
            403: components["responses"]["RolloutErrors403"];
            404: components["responses"]["RolloutErrors404"];
            408: components["responses"]["RolloutErrors408"];
            409: components["responses"]["RolloutErrors409"];
            412: components["responses"]["RolloutErrors412"];
            413: components["responses"]["RolloutErrors413"];
            415: components["responses"]["RolloutErrors415"];
            422: components["responses"]["RolloutErrors422"];
            503: components["responses"]["RolloutErrors503"];
            507: components["responses"]["RolloutErrors507"];
        };
    };
    read_policy_trial: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The trial. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The trial. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrialDetail"];
                };
            };
            401: components["responses"]["ReadErrors401"];
            403: components["responses"]["ReadErrors403"];
            /** @description `not_found`: there is no such trial. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            422: components["responses"]["ReadErrors422"];
            503: components["responses"]["ReadErrors503"];
        };
    };
    promote_policy_trial: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The trial. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApproveBody"];
            };
        };
        responses: {
            /** @description In force. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyAnswer"];
                };
            };
            400: components["responses"]["RolloutErrors400"];
            401: components["responses"]["RolloutErrors401"];
            403: components["responses"]["RolloutErrors403"];
            404: components["responses"]["RolloutErrors404"];
            408: components["responses"]["RolloutErrors408"];
            409: components["responses"]["RolloutErrors409"];
            412: components["responses"]["RolloutErrors412"];
            413: components["responses"]["RolloutErrors413"];
            415: components["responses"]["RolloutErrors415"];
            422: components["responses"]["RolloutErrors422"];
            503: components["responses"]["RolloutErrors503"];
            507: components["responses"]["RolloutErrors507"];
        };
    };
    stop_policy_trial: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The trial. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReasonBody"];
            };
        };
        responses: {
            /** @description Ended. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Trial"];
                };
            };
            400: components["responses"]["RolloutErrors400"];
            401: components["responses"]["RolloutErrors401"];
            403: components["responses"]["RolloutErrors403"];
            404: components["responses"]["RolloutErrors404"];
            408: components["responses"]["RolloutErrors408"];
            409: components["responses"]["RolloutErrors409"];
            412: components["responses"]["RolloutErrors412"];
            413: components["responses"]["RolloutErrors413"];
            415: components["responses"]["RolloutErrors415"];
            422: components["responses"]["RolloutErrors422"];
            503: components["responses"]["RolloutErrors503"];
            507: components["responses"]["RolloutErrors507"];
        };
    };
    tune_policy: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TuneBody"];
            };
        };
        responses: {
            /** @description What is known; `docs/TUNING.md` says how. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tune"];
                };
            };
            400: components["responses"]["SettingErrors400"];
            401: components["responses"]["SettingErrors401"];
            403: components["responses"]["SettingErrors403"];
            404: components["responses"]["SettingErrors404"];
            408: components["responses"]["SettingErrors408"];
            409: components["responses"]["SettingErrors409"];
            412: components["responses"]["SettingErrors412"];
            413: components["responses"]["SettingErrors413"];
            415: components["responses"]["SettingErrors415"];
            422: components["responses"]["SettingErrors422"];
            503: components["responses"]["SettingErrors503"];
            507: components["responses"]["SettingErrors507"];
        };
    };
    read_policy_version: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The version. */
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The version. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyText"];
                };
            };
            401: components["responses"]["ReadErrors401"];
            403: components["responses"]["ReadErrors403"];
            /** @description `not_found`: there was no such version. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            422: components["responses"]["ReadErrors422"];
            503: components["responses"]["ReadErrors503"];
        };
    };
    ask_what_if: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WhatIfBody"];
            };
        };
        responses: {
            /** @description It runs; ask for it by its name. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WhatIfBegun"];
                };
            };
            400: components["responses"]["SettingErrors400"];
            401: components["responses"]["SettingErrors401"];
            403: components["responses"]["SettingErrors403"];
            404: components["responses"]["SettingErrors404"];
            408: components["responses"]["SettingErrors408"];
            409: components["responses"]["SettingErrors409"];
            412: components["responses"]["SettingErrors412"];
            413: components["responses"]["SettingErrors413"];
            415: components["responses"]["SettingErrors415"];
            422: components["responses"]["SettingErrors422"];
            /** @description `too_many_requests`: others' run. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            503: components["responses"]["SettingErrors503"];
            507: components["responses"]["SettingErrors507"];
        };
    };
    read_what_if: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its name. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How far it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WhatIfAnswer"];
                };
            };
            401: components["responses"]["ReadErrors401"];
            403: components["responses"]["ReadErrors403"];
            /** @description `not_found`: there is none of this name, or no longer. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            422: components["responses"]["ReadErrors422"];
            503: components["responses"]["ReadErrors503"];
        };
    };
    list_queues: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The queues. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_Queue"];
                };
            };
            401: components["responses"]["ReadErrors401"];
            403: components["responses"]["ReadErrors403"];
            422: components["responses"]["ReadErrors422"];
            503: components["responses"]["ReadErrors503"];
        };
    };
    create_queue: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QueueBody"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Queue"];
                };
            };
            400: components["responses"]["SettingErrors400"];
            401: components["responses"]["SettingErrors401"];
            403: components["responses"]["SettingErrors403"];
            404: components["responses"]["SettingErrors404"];
            408: components["responses"]["SettingErrors408"];
            409: components["responses"]["SettingErrors409"];
            412: components["responses"]["SettingErrors412"];
            413: components["responses"]["SettingErrors413"];
            415: components["responses"]["SettingErrors415"];
            422: components["responses"]["SettingErrors422"];
            503: components["responses"]["SettingErrors503"];
            507: components["responses"]["SettingErrors507"];
        };
    };
    change_queue: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The queue. */
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QueueBody"];
            };
        };
        responses: {
            /** @description Changed. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Queue"];
                };
            };
            400: components["responses"]["SettingErrors400"];
            401: components["responses"]["SettingErrors401"];
            403: components["responses"]["SettingErrors403"];
            404: components["responses"]["SettingErrors404"];
            408: components["responses"]["SettingErrors408"];
            409: components["responses"]["SettingErrors409"];
            412: components["responses"]["SettingErrors412"];
            413: components["responses"]["SettingErrors413"];
            415: components["responses"]["SettingErrors415"];
            422: components["responses"]["SettingErrors422"];
            503: components["responses"]["SettingErrors503"];
            507: components["responses"]["SettingErrors507"];
        };
    };
    read_report_schedule: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The schedule. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportSchedule"];
                };
            };
            401: components["responses"]["ReadErrors401"];
            403: components["responses"]["ReadErrors403"];
            422: components["responses"]["ReadErrors422"];
            503: components["responses"]["ReadErrors503"];
        };
    };
    put_report_schedule: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReportScheduleBody"];
            };
        };
        responses: {
            /** @description Kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportSchedule"];
                };
            };
            400: components["responses"]["SettingErrors400"];
            401: components["responses"]["SettingErrors401"];
            403: components["responses"]["SettingErrors403"];
            404: components["responses"]["SettingErrors404"];
            408: components["responses"]["SettingErrors408"];
            409: components["responses"]["SettingErrors409"];
            412: components["responses"]["SettingErrors412"];
            413: components["responses"]["SettingErrors413"];
            415: components["responses"]["SettingErrors415"];
            422: components["responses"]["SettingErrors422"];
            503: components["responses"]["SettingErrors503"];
            507: components["responses"]["SettingErrors507"];
        };
    };
    read_weekly_report: {
        parameters: {
            query?: {
                /** @description `json` (otherwise), `html` or `markdown`. */
                format?: "json" | "html" | "markdown";
                /** @description Whether the demo's history counts; it always does in a demo workspace. */
                include_demo?: boolean;
                /**
                 * @description The ISO week; the last whole one if absent.
                 * @example 2026-W47
                 */
                week?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The report; as a file with `html` or `markdown`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WeeklyReport"];
                };
            };
            401: components["responses"]["ReadErrors401"];
            403: components["responses"]["ReadErrors403"];
            422: components["responses"]["ReadErrors422"];
            503: components["responses"]["ReadErrors503"];
        };
    };
    send_report_to_me: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The mail server has taken it. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["SettingErrors400"];
            401: components["responses"]["SettingErrors401"];
            403: components["responses"]["SettingErrors403"];
            404: components["responses"]["SettingErrors404"];
            408: components["responses"]["SettingErrors408"];
            409: components["responses"]["SettingErrors409"];
            412: components["responses"]["SettingErrors412"];
            413: components["responses"]["SettingErrors413"];
            415: components["responses"]["SettingErrors415"];
            422: components["responses"]["SettingErrors422"];
            503: components["responses"]["SettingErrors503"];
            507: components["responses"]["SettingErrors507"];
        };
    };
    list_review: {
        parameters: {
            query?: {
                /** @description At most so many, 1 to 50; 20 if absent. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What waits. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewAnswer"];
                };
            };
            401: components["responses"]["ReadErrors401"];
            403: components["responses"]["ReadErrors403"];
            422: components["responses"]["ReadErrors422"];
            503: components["responses"]["ReadErrors503"];
        };
    };
    grade_answer: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GradeBody"];
            };
        };
        responses: {
            /** @description Kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Written"];
                };
            };
            400: components["responses"]["ActionErrors400"];
            401: components["responses"]["ActionErrors401"];
            403: components["responses"]["ActionErrors403"];
            404: components["responses"]["ActionErrors404"];
            408: components["responses"]["ActionErrors408"];
            409: components["responses"]["ActionErrors409"];
            413: components["responses"]["ActionErrors413"];
            415: components["responses"]["ActionErrors415"];
            422: components["responses"]["ActionErrors422"];
            503: components["responses"]["ActionErrors503"];
            507: components["responses"]["ActionErrors507"];
        };
    };
    sign_in: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignInBody"];
            };
        };
        responses: {
            /** @description Signed in; the session is in a cookie. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            400: components["responses"]["DoorErrors400"];
            401: components["responses"]["DoorErrors401"];
            403: components["responses"]["DoorErrors403"];
            408: components["responses"]["DoorErrors408"];
            413: components["responses"]["DoorErrors413"];
            415: components["responses"]["DoorErrors415"];
            422: components["responses"]["DoorErrors422"];
            429: components["responses"]["DoorErrors429"];
            503: components["responses"]["DoorErrors503"];
            507: components["responses"]["DoorErrors507"];
        };
    };
    sign_out: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Signed out. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["ReadErrors401"];
            403: components["responses"]["ReadErrors403"];
            422: components["responses"]["ReadErrors422"];
            503: components["responses"]["ReadErrors503"];
        };
    };
    sign_in_by_link: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkBody"];
            };
        };
        responses: {
            /** @description Signed in. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            400: components["responses"]["DoorErrors400"];
            401: components["responses"]["DoorErrors401"];
            403: components["responses"]["DoorErrors403"];
            408: components["responses"]["DoorErrors408"];
            413: components["responses"]["DoorErrors413"];
            415: components["responses"]["DoorErrors415"];
            422: components["responses"]["DoorErrors422"];
            429: components["responses"]["DoorErrors429"];
            503: components["responses"]["DoorErrors503"];
            507: components["responses"]["DoorErrors507"];
        };
    };
    read_setup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whether it does. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetupAnswer"];
                };
            };
            401: components["responses"]["ReadErrors401"];
            403: components["responses"]["ReadErrors403"];
            422: components["responses"]["ReadErrors422"];
            503: components["responses"]["ReadErrors503"];
        };
    };
    set_up: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetupBody"];
            };
        };
        responses: {
            /** @description The owner is signed in. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            400: components["responses"]["DoorErrors400"];
            401: components["responses"]["DoorErrors401"];
            403: components["responses"]["DoorErrors403"];
            408: components["responses"]["DoorErrors408"];
            413: components["responses"]["DoorErrors413"];
            415: components["responses"]["DoorErrors415"];
            422: components["responses"]["DoorErrors422"];
            429: components["responses"]["DoorErrors429"];
            503: components["responses"]["DoorErrors503"];
            507: components["responses"]["DoorErrors507"];
        };
    };
    open_widget_conversation: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BeginBody"];
            };
        };
        responses: {
            /** @description It was open already. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerSnapshot"];
                };
            };
            /** @description Begun. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerSnapshot"];
                };
            };
            400: components["responses"]["VisitorErrors400"];
            401: components["responses"]["VisitorErrors401"];
            404: components["responses"]["VisitorErrors404"];
            408: components["responses"]["VisitorErrors408"];
            409: components["responses"]["VisitorErrors409"];
            413: components["responses"]["VisitorErrors413"];
            415: components["responses"]["VisitorErrors415"];
            422: components["responses"]["VisitorErrors422"];
            429: components["responses"]["VisitorErrors429"];
            503: components["responses"]["VisitorErrors503"];
            507: components["responses"]["VisitorErrors507"];
        };
    };
    read_widget_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The conversation. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The conversation. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerSnapshot"];
                };
            };
            400: components["responses"]["VisitorErrors400"];
            401: components["responses"]["VisitorErrors401"];
            404: components["responses"]["VisitorErrors404"];
            408: components["responses"]["VisitorErrors408"];
            409: components["responses"]["VisitorErrors409"];
            413: components["responses"]["VisitorErrors413"];
            415: components["responses"]["VisitorErrors415"];
            422: components["responses"]["VisitorErrors422"];
            429: components["responses"]["VisitorErrors429"];
            503: components["responses"]["VisitorErrors503"];
            507: components["responses"]["VisitorErrors507"];
        };
    };
    confirm_answer: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The conversation. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConfirmBody"];
            };
        };
        responses: {
            /** @description Noted. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Written"];
                };
            };
            400: components["responses"]["VisitorErrors400"];
            401: components["responses"]["VisitorErrors401"];
            404: components["responses"]["VisitorErrors404"];
            408: components["responses"]["VisitorErrors408"];
            409: components["responses"]["VisitorErrors409"];
            413: components["responses"]["VisitorErrors413"];
            415: components["responses"]["VisitorErrors415"];
            422: components["responses"]["VisitorErrors422"];
            429: components["responses"]["VisitorErrors429"];
            503: components["responses"]["VisitorErrors503"];
            507: components["responses"]["VisitorErrors507"];
        };
    };
    leave_contact: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The conversation. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContactBody"];
            };
        };
        responses: {
            /** @description Left. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Written"];
                };
            };
            400: components["responses"]["VisitorErrors400"];
            401: components["responses"]["VisitorErrors401"];
            404: components["responses"]["VisitorErrors404"];
            408: components["responses"]["VisitorErrors408"];
            409: components["responses"]["VisitorErrors409"];
            413: components["responses"]["VisitorErrors413"];
            415: components["responses"]["VisitorErrors415"];
            422: components["responses"]["VisitorErrors422"];
            429: components["responses"]["VisitorErrors429"];
            503: components["responses"]["VisitorErrors503"];
            507: components["responses"]["VisitorErrors507"];
        };
    };
    end_conversation: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The conversation. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ended. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Written"];
                };
            };
            400: components["responses"]["VisitorErrors400"];
            401: components["responses"]["VisitorErrors401"];
            404: components["responses"]["VisitorErrors404"];
            408: components["responses"]["VisitorErrors408"];
            409: components["responses"]["VisitorErrors409"];
            413: components["responses"]["VisitorErrors413"];
            415: components["responses"]["VisitorErrors415"];
            422: components["responses"]["VisitorErrors422"];
            429: components["responses"]["VisitorErrors429"];
            503: components["responses"]["VisitorErrors503"];
            507: components["responses"]["VisitorErrors507"];
        };
    };
    ask_for_person: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The conversation. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Written"];
                };
            };
            400: components["responses"]["VisitorErrors400"];
            401: components["responses"]["VisitorErrors401"];
            404: components["responses"]["VisitorErrors404"];
            408: components["responses"]["VisitorErrors408"];
            409: components["responses"]["VisitorErrors409"];
            413: components["responses"]["VisitorErrors413"];
            415: components["responses"]["VisitorErrors415"];
            422: components["responses"]["VisitorErrors422"];
            429: components["responses"]["VisitorErrors429"];
            503: components["responses"]["VisitorErrors503"];
            507: components["responses"]["VisitorErrors507"];
        };
    };
    rate_conversation: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The conversation. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RatingBody"];
            };
        };
        responses: {
            /** @description Noted. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Written"];
                };
            };
            400: components["responses"]["VisitorErrors400"];
            401: components["responses"]["VisitorErrors401"];
            404: components["responses"]["VisitorErrors404"];
            408: components["responses"]["VisitorErrors408"];
            409: components["responses"]["VisitorErrors409"];
            413: components["responses"]["VisitorErrors413"];
            415: components["responses"]["VisitorErrors415"];
            422: components["responses"]["VisitorErrors422"];
            429: components["responses"]["VisitorErrors429"];
            503: components["responses"]["VisitorErrors503"];
            507: components["responses"]["VisitorErrors507"];
        };
    };
    add_message: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The conversation. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MessageBody"];
            };
        };
        responses: {
            /** @description Written. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Said"];
                };
            };
            400: components["responses"]["VisitorErrors400"];
            401: components["responses"]["VisitorErrors401"];
            404: components["responses"]["VisitorErrors404"];
            408: components["responses"]["VisitorErrors408"];
            409: components["responses"]["VisitorErrors409"];
            413: components["responses"]["VisitorErrors413"];
            415: components["responses"]["VisitorErrors415"];
            422: components["responses"]["VisitorErrors422"];
            429: components["responses"]["VisitorErrors429"];
            503: components["responses"]["VisitorErrors503"];
            507: components["responses"]["VisitorErrors507"];
        };
    };
    withdraw_request: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The conversation. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The assistant has it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Written"];
                };
            };
            400: components["responses"]["VisitorErrors400"];
            401: components["responses"]["VisitorErrors401"];
            404: components["responses"]["VisitorErrors404"];
            408: components["responses"]["VisitorErrors408"];
            409: components["responses"]["VisitorErrors409"];
            413: components["responses"]["VisitorErrors413"];
            415: components["responses"]["VisitorErrors415"];
            422: components["responses"]["VisitorErrors422"];
            429: components["responses"]["VisitorErrors429"];
            503: components["responses"]["VisitorErrors503"];
            507: components["responses"]["VisitorErrors507"];
        };
    };
    start_widget_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SessionBody"];
            };
        };
        responses: {
            /** @description The token. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WidgetSession"];
                };
            };
            400: components["responses"]["VisitorErrors400"];
            401: components["responses"]["VisitorErrors401"];
            404: components["responses"]["VisitorErrors404"];
            408: components["responses"]["VisitorErrors408"];
            409: components["responses"]["VisitorErrors409"];
            413: components["responses"]["VisitorErrors413"];
            415: components["responses"]["VisitorErrors415"];
            422: components["responses"]["VisitorErrors422"];
            429: components["responses"]["VisitorErrors429"];
            503: components["responses"]["VisitorErrors503"];
            507: components["responses"]["VisitorErrors507"];
        };
    };
    create_widget_ticket: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The ticket. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ticket"];
                };
            };
            400: components["responses"]["VisitorErrors400"];
            401: components["responses"]["VisitorErrors401"];
            404: components["responses"]["VisitorErrors404"];
            408: components["responses"]["VisitorErrors408"];
            409: components["responses"]["VisitorErrors409"];
            413: components["responses"]["VisitorErrors413"];
            415: components["responses"]["VisitorErrors415"];
            422: components["responses"]["VisitorErrors422"];
            429: components["responses"]["VisitorErrors429"];
            503: components["responses"]["VisitorErrors503"];
            507: components["responses"]["VisitorErrors507"];
        };
    };
    list_wording: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The language. */
                locale: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The texts. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_WordingRow"];
                };
            };
            401: components["responses"]["ReadErrors401"];
            403: components["responses"]["ReadErrors403"];
            /** @description `not_found`: the policy has no texts in this language. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            422: components["responses"]["ReadErrors422"];
            503: components["responses"]["ReadErrors503"];
        };
    };
    read_wording: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The language. */
                locale: string;
                /** @description What it is for. */
                notice: components["schemas"]["TextKey"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The text. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WordingRow"];
                };
            };
            401: components["responses"]["ReadErrors401"];
            403: components["responses"]["ReadErrors403"];
            /** @description `not_found`: there is no such text. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            422: components["responses"]["ReadErrors422"];
            503: components["responses"]["ReadErrors503"];
        };
    };
    change_wording: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the caller's own, at most 128 bytes: the same one with the same body gets the first answer again, with `Idempotency-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The language. */
                locale: string;
                /** @description What it is for. */
                notice: components["schemas"]["TextKey"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WordingBody"];
            };
        };
        responses: {
            /** @description Changed. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WordingRow"];
                };
            };
            400: components["responses"]["SettingErrors400"];
            401: components["responses"]["SettingErrors401"];
            403: components["responses"]["SettingErrors403"];
            404: components["responses"]["SettingErrors404"];
            408: components["responses"]["SettingErrors408"];
            409: components["responses"]["SettingErrors409"];
            412: components["responses"]["SettingErrors412"];
            413: components["responses"]["SettingErrors413"];
            415: components["responses"]["SettingErrors415"];
            422: components["responses"]["SettingErrors422"];
            503: components["responses"]["SettingErrors503"];
            507: components["responses"]["SettingErrors507"];
        };
    };
}
