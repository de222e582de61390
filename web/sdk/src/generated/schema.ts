/**
 * Generated from sdk/openapi.json by `npm run generate -w sdk`; do not edit.
 */

export interface paths {
    "/v1/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
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
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
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
        /** @description Who asks for help, as the developer's backend knows them. */
        CustomerRef: {
            /** @description Their account in the workspace's own system. */
            account_id?: string | null;
            /** @description Their e-mail address. */
            email?: string | null;
        };
        /** @description What a model wrote and nobody said. */
        DroppedStatement: {
            /** @description Why it is not shown as a statement. */
            reason: string;
            /** @description As the model wrote it. */
            text: string;
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
        /** @description The value of a fact in a request. */
        FactGiven: boolean | number | string;
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
        /**
         * @description Who holds the floor.
         * @enum {string}
         */
        HolderWord: "assistant" | "review" | "queue" | "locked" | "agent" | "closed";
        /**
         * Format: date-time
         * @description An instant in UTC, RFC 3339 with milliseconds.
         */
        Instant: string;
        /** @description Something known about the customer. */
        Labelled: {
            /** @description What. */
            label: string;
            /** @description Its value, for people. */
            value: string;
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
        /** @description One rule that was tried. */
        RuleRead: {
            /** @description The conditions that held, for the one that fired. */
            because: string[];
            /** @description Whether it fired. */
            fired: boolean;
            /** @description Which. */
            rule: string;
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
        /**
         * @description Who speaks, in a request.
         * @enum {string}
         */
        SpeakerRole: "customer" | "assistant";
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
        /**
         * @description What follows for one turn.
         * @enum {string}
         */
        VerdictWord: "continue" | "fall_back" | "review" | "escalate";
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
    };
    responses: {
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
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
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
                    "application/json": components["schemas"]["ProgramConversation"];
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
}
