// Made of the API's document, and not to be edited:
// curl -s http://localhost:8000/openapi/v1.json | node Accounts.Tests/Support/node/client-types.mjs > client/openapi.d.ts

export interface paths {
    "/.well-known/jwks.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The public keys (RFC 7517)
         * @description A new key stands here for days before it signs.
         */
        get: operations["getWellKnownJwksJson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/.well-known/oauth-authorization-server": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The issuer and where its keys are
         * @description OpenID Connect Discovery and RFC 8414, as far as a resource server asks, a program that gets a token of its own, a service that asks about one (RFC 7662), and who gives one back (RFC 7009).
         */
        get: operations["getWellKnownOauthAuthorizationServer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/.well-known/openid-configuration": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The issuer and where its keys are
         * @description OpenID Connect Discovery and RFC 8414, as far as a resource server asks, a program that gets a token of its own, a service that asks about one (RFC 7662), and who gives one back (RFC 7009).
         */
        get: operations["getWellKnownOpenidConfiguration"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/.well-known/passkey-endpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where passkeys are made and managed
         * @description The pages of the account (W3C, a well-known URL for relying party passkey endpoints); 404 where there are no pages of the server's.
         */
        get: operations["getWellKnownPasskeyEndpoints"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/.well-known/webauthn": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where else our passkeys are used
         * @description Related origins, WebAuthn level 3 section 5.11; 404 where no page of another site uses them.
         */
        get: operations["getWellKnownWebauthn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/check/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Is the server well?
         * @description Tries what the server stands on (database, mail, proxy, providers), as the command `check` does, and says what is wrong and what to write where. Takes seconds where something does not answer.
         */
        get: operations["getAdminCheck"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/events.ndjson/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get all events, a line each
         * @description Streamed, the oldest first, as `application/x-ndjson`: a row of the list in each line. It ends with the newest; go on with `after`, the number of the last line.
         */
        get: operations["getAdminEventsNdjson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/events/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List events
         * @description The newest first; with `after` the oldest first, behind that number: who reads on from the last one they have seen misses none. An event has its number, and is
         *     here, within a second or so. They are kept for 180 days. Who looks leaves one, too.
         */
        get: operations["getAdminEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/invitations/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List invitations
         * @description The newest first, and those alone that can still be accepted.
         */
        get: operations["getAdminInvitations"];
        put?: never;
        /**
         * Invite somebody
         * @description Whether or not people may sign up: a mail with a link goes to the address, and `register` takes its token. The account is verified then, and holds `roles`, if who
         *     invites still is an administrator. Another invitation to the same address takes the place of the former, whose link is dead.
         */
        post: operations["postAdminInvitations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/invitations/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Withdraw an invitation
         * @description Its link is dead from then on.
         */
        delete: operations["deleteAdminInvitationsId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/summary/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How many users are there, and what happens?
         * @description Users are counted once a minute; days within a second or two. Days are kept for 400 days, of which the last 30 are here.
         */
        get: operations["getAdminSummary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List users
         * @description The newest first, unless `ordering` says otherwise. `search` finds usernames and addresses that begin so, whatever the case of ASCII letters;
         *     `%` and `_` stand for themselves.
         */
        get: operations["getAdminUsers"];
        put?: never;
        /**
         * Make an account for somebody
         * @description Whether or not people may sign up. A link goes to the address, good for 7 days: it sets the password and verifies the address, and before nobody gets in.
         *     `reset-password` sends another. Roles are given when the address is verified.
         */
        post: operations["postAdminUsers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a user
         * @description As they are now, with their version as `ETag`.
         */
        get: operations["getAdminUsersId"];
        put?: never;
        post?: never;
        /**
         * Delete a user
         * @description Out at once, and told by mail; erased after `Accounts__Deletion__Delay`, and never before 7 days. Until then `activate` has the account back, and nothing else.
         */
        delete: operations["deleteAdminUsersId"];
        options?: never;
        head?: never;
        /**
         * Change what a user is called
         * @description What is not sent stays. What is not to be changed here, `email`, `email_verified`, `roles` or `is_active`, is ignored. With `If-Match` it is refused where the user is of another version.
         */
        patch: operations["patchAdminUsersId"];
        trace?: never;
    };
    "/api/admin/users/{id}/activate/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Activate a user
         * @description Whatever kept them out is over: a deactivation, a deletion that is not carried out yet, a freeze by the link of a mail. Sessions of before stay ended.
         */
        post: operations["postAdminUsersIdActivate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/deactivate/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deactivate a user
         * @description Every session ends, and nobody signs in as them: for good, or with `until` for a time.
         */
        post: operations["postAdminUsersIdDeactivate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/events/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what happened to a user's account
         * @description Newest first, for 180 days; with who did it, where it was an administrator. What is left of who is erased is found by the id that they had.
         */
        get: operations["getAdminUsersIdEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/identities/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the accounts at providers that are connected to a user
         * @description Oldest first.
         */
        get: operations["getAdminUsersIdIdentities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/logout/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign a user out everywhere
         * @description Every session ends, and no device is known or trusted any more.
         */
        post: operations["postAdminUsersIdLogout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/resend-verification/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mail a user the link that verifies their address
         * @description Once more; good for 24 hours.
         */
        post: operations["postAdminUsersIdResendVerification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/reset-factors/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have a user's second factors removed
         * @description In 24 hours, of which the user is told at once: a sign-in with any of the factors, or one of the recovery codes, calls it off. Then factors, codes and trusted
         *     devices go and every session ends; the password stays. Asked for once more, it stays as it is.
         */
        post: operations["postAdminUsersIdResetFactors"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/reset-password/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mail a user a link that sets a new password
         * @description To their address, good for 30 minutes. The password of now stays until it is followed, and nobody else sees it.
         */
        post: operations["postAdminUsersIdResetPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/roles/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Give a user their roles
         * @description All at once: what is not sent is taken away. It counts at once here; access tokens tell other services of it when they are renewed. Only who is verified holds roles. With `If-Match` it is refused where the user is of another version.
         */
        put: operations["putAdminUsersIdRoles"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/sessions/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a user's sessions
         * @description Those that live, newest first.
         */
        get: operations["getAdminUsersIdSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/devices/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List my trusted devices
         * @description Those on which the second factor is not asked for at a sign-in, newest first.
         */
        get: operations["getAuthDevices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/devices/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Trust a device no more
         * @description At the next sign-in there the second factor is asked for. Sessions stay.
         */
        delete: operations["deleteAuthDevicesId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/email/change/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change the address
         * @description Mails a link, good for 24 hours, to the new address; until it is confirmed nothing changes. Takes the password, or a sign-in at most 10
         *     minutes ago. Answers the same whatever the address: if it is somebody's, they are told by mail.
         */
        post: operations["postAuthEmailChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/email/change/confirm/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm the new address by the mailed link
         * @description Verifies the address, and ends every session. Where a refresh token of the user came along, its session goes on as a new one, answered
         *     as a login; not that of who must have a second factor by now and has none. The address from before is told by mail.
         */
        post: operations["postAuthEmailChangeConfirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/ended-sessions/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow what ends
         * @description For the clients of `Accounts__Tokens__IntrospectionClients`, by Basic; without any it is `not_found`. An entry is a session (`sid`), or a user with a version: tokens of
         *     `user_id` whose `ver` is below it are to be refused, for all their sessions have ended, or their roles have changed. Each until `until`, when the last of them is over.
         *     Begin with `after=kept`, then go on with the `cursor` of each answer; what ends is in it within a second. With `gone` begin anew.
         */
        get: operations["getAuthEndedSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/factors/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List my second factors
         * @description Those that are confirmed, oldest first, and how many recovery codes have not been used.
         */
        get: operations["getAuthFactors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/factors/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a second factor
         * @description Asks for a sign-in of at most 10 minutes ago. Every other session ends, and a mail is sent. With the last factor the recovery codes go,
         *     too. A passkey that is the only way to sign in stays, and so does the last factor of who must have one.
         */
        delete: operations["deleteAuthFactorsId"];
        options?: never;
        head?: never;
        /**
         * Give a second factor another name
         * @description Up to 100 characters, for its user to know it by; an authenticator keeps its own. Nothing else changes, and nobody is told.
         */
        patch: operations["patchAuthFactorsId"];
        trace?: never;
    };
    "/api/auth/factors/passkeys/begin/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to add a passkey
         * @description What the browser asks an authenticator with, for the user who is signed in. The sign-in was at most 10 minutes ago, the user's address is verified.
         *     In place of a session the `ticket` of `second_factor_enrolment_required` will do, with the code that `login/enrolment/mail/` mails.
         */
        post: operations["postAuthFactorsPasskeysBegin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/factors/passkeys/finish/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add a passkey
         * @description From now on the user signs in with it alone. Every other session ends, and a mail tells of it. `invalid_passkey` stands for all that can be wrong with
         *     the passkey or the state, which is spent by the first try. With the first second factor come ten recovery codes, shown here and never again. With a `ticket` it is a sign-in,
         *     too, as it was asked for with the first factor, and answered as one, with 200.
         */
        post: operations["postAuthFactorsPasskeysFinish"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/factors/recovery-codes/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make new recovery codes
         * @description Asks for a sign-in of at most 10 minutes ago. Ten codes, each good once, shown here and never again; those of before are good for nothing.
         *     Every other session ends, and a mail is sent.
         */
        post: operations["postAuthFactorsRecoveryCodes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/factors/totp/begin/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to add an authenticator app
         * @description Asks for a sign-in of at most 10 minutes ago; or for the `ticket` of `second_factor_enrolment_required`, with the code that
         *     `login/enrolment/mail/` mails. The secret is shown here and never again; it is nothing until a code of it is confirmed, within an hour. What was
         *     begun before is begun no more.
         */
        post: operations["postAuthFactorsTotpBegin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/factors/totp/confirm/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm an authenticator app
         * @description By the code that it shows. Every other session ends, and a mail is sent. With the first factor come ten recovery codes, shown here and never
         *     again. With a `ticket` it is a sign-in, too, as it was asked for with the first factor, and answered as one.
         */
        post: operations["postAuthFactorsTotpConfirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/introspect/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask about a token (RFC 7662)
         * @description For the clients of `Accounts__Tokens__IntrospectionClients`; without any it is `not_found`. Access tokens, session tokens, personal tokens and those of
         *     programs; of a token that is not active it says no more than that.
         */
        post: operations["postAuthIntrospect"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/login/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in
         * @description Answers with an access token and sets the refresh cookie. One answer, `invalid_credentials`, stands for an unknown user,
         *     a wrong password, an inactive user and an account without a password. Who has deleted the account gets `account_deleted` after the
         *     right password, and with `restore` has it back until `restore_until`.
         */
        post: operations["postAuthLogin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/login/code/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have a code mailed to sign in by
         * @description Mails 8 digits and a link, good for 10 minutes. Answers the same whatever the address, so that nobody learns who has an account; asking
         *     changes nothing. Code and link count in this browser, by its cookie or, with `X-Token-Transport: body`, by the answer's `attempt`. With
         *     `Accounts__EmailCodes__SignUp` an address that nobody has gets a mail, too, and an account in the end. `not_found` without
         *     `Accounts__EmailCodes__Enabled`.
         */
        post: operations["postAuthLoginCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/login/code/check/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look at the mailed link before using it
         * @description What our page `/sign-in/code` asks for: who had the mail sent, when and from where. In any browser but that one it shows the code,
         *     which counts there; it changes nothing, and signs nobody in.
         */
        post: operations["postAuthLoginCodeCheck"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/login/code/confirm/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in by the mailed code or link
         * @description By the `code` of the mail, or by the `token` of its link; either counts only in the browser that had the mail sent, by its cookie or by the
         *     `attempt` that it was given. An account whose address was not verified is its reader's from now on, verified, and loses its password,
         *     sessions and connected accounts. After five wrong codes the link still works, in that browser. Who has deleted the account gets
         *     `account_deleted`, and with `restore` and the same code has it back. Who has a second factor gets `second_factor_required`: code and link are
         *     spent, and the ticket goes on. `email_taken`: nobody has the address, and who had it may have it back.
         */
        post: operations["postAuthLoginCodeConfirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/login/enrolment/mail/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have the code mailed that adding a second factor asks for
         * @description For who signs in, must have a second factor and has none (403 `second_factor_enrolment_required`). The code is good for 10 minutes, with that
         *     ticket, and for 5 tries: `mail_code` of `factors/totp/begin/` or `factors/passkeys/begin/`. `throttled`: no mail has gone, for another did a moment ago; its code
         *     counts with the ticket that it was asked for with.
         */
        post: operations["postAuthLoginEnrolmentMail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/login/passkey/begin/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to sign in with a passkey
         * @description What the browser asks an authenticator with, whosever passkey it has: a sign-in page may ask as it loads, and offer the passkeys beside
         *     the form (`mediation: "conditional"`). The authenticator verifies who it is, by PIN, finger or face. With a `ticket` of
         *     `second_factor_required`, or with an access token, of that user's own passkeys: for `second-factor`, or for `reauthenticate`, and nothing else. Who is signed in by the
         *     cookie of session mode says `reauthenticate`.
         *     With the `token` of the mail that freezing has sent, of those before the change: for `security/recover`.
         */
        post: operations["postAuthLoginPasskeyBegin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/login/passkey/finish/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in with a passkey
         * @description Answers as a sign-in with the password, and counts for two factors. One answer, `invalid_credentials`, stands for all that can be wrong with the
         *     passkey or the state, which is spent by the first try. Who has deleted the account gets `account_deleted`, and with `restore` has it back.
         */
        post: operations["postAuthLoginPasskeyFinish"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/login/second-factor/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in with the second factor
         * @description Goes on with a sign-in that was answered `second_factor_required`, as it was asked for then. A ticket is good for 5 minutes, one sign-in and
         *     5 tries. `invalid_credentials`: it is another code, and may be typed anew. `invalid_ticket`: sign in again. `throttled`: too many codes have
         *     been wrong lately; a recovery code or a passkey still is good. With `trust_device` this browser is not asked again for
         *     a while, which proves nothing: `acr` is `aal1` then, and what asks for more asks.
         */
        post: operations["postAuthLoginSecondFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/logout/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign out
         * @description Whatever shows a session ends it: the body's refresh token, else the cookie's, and a session token; else the access token, be it expired.
         *     Doing it again answers the same.
         */
        post: operations["postAuthLogout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/logout/all/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign out everywhere
         * @description Ends every session of the user, with `keep_current` every other one. What other devices are known by ends with them.
         */
        post: operations["postAuthLogoutAll"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/me/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who am I?
         * @description The user of the access token, as they are now; of a personal token, with the roles that it has.
         */
        get: operations["getAuthMe"];
        /**
         * Change what I am called
         * @description As PATCH, and the username must be there. As in Django REST framework the others, which may be blank, stay where they are not sent.
         */
        put: operations["putAuthMe"];
        post?: never;
        /**
         * Delete the account
         * @description Takes the password, or a sign-in at most 10 minutes ago. Ends every session and tells the user by mail. For `Accounts__Deletion__Delay`
         *     (14 days) a sign-in with `restore` has it back; then everything is erased, and address and username are free.
         */
        delete: operations["deleteAuthMe"];
        options?: never;
        head?: never;
        /**
         * Change some of what I am called
         * @description What is not sent stays. What is not to be changed here, `id`, `email` or `roles`, is ignored.
         */
        patch: operations["patchAuthMe"];
        trace?: never;
    };
    "/api/auth/me/erase/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Erase a deleted account before its time
         * @description By the link of the mail that tells of the deletion. Nobody can sign in to have it back; it is erased as soon as no change of the last 7 days can be undone.
         */
        post: operations["postAuthMeErase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/me/events/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happened to my account?
         * @description Its security events, newest first: sign-ins, failed ones, changes, sessions that were ended or whose answers were lost. They are kept for 180 days.
         */
        get: operations["getAuthMeEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/me/export/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get all that is stored about me
         * @description A JSON file, streamed: a list of rows for each table that holds something of the user, and `exported_at`. Secrets (hashes, sealed mails)
         *     are left out. The sign-in was at most 10 minutes ago.
         */
        get: operations["getAuthMeExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/password/change/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change the password
         * @description Takes the old password; where there is none, a sign-in at most 10 minutes ago. Ends every session. Who sent their refresh token
         *     along gets a new session, answered as a login; who did not, and who must have a second factor by now and has none, signs in again. `new_password1` and `new_password2` may stand for
         *     `new_password`.
         */
        post: operations["postAuthPasswordChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/password/reset/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Forgot the password
         * @description Mails a link and a code of 8 digits by which a new password is chosen, good for 30 minutes. Answers the same whatever the address, so
         *     that nobody learns who has an account; asking changes nothing. The code counts in this browser, by its cookie or, with
         *     `X-Token-Transport: body`, by the answer's `attempt`.
         */
        post: operations["postAuthPasswordReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/password/reset/confirm/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Choose a new password by the mailed link or code
         * @description By the `token` of the link, or by `email` and the `code` of the same mail, which counts only in the browser that had it sent: by its
         *     cookie, or by the `attempt` that it was given. Ends every session, verifies the address, and signs nobody in. A password that is
         *     refused uses up neither. After five wrong codes the link still works. `new_password1` and `new_password2` may stand for
         *     `new_password`; a `uid` is ignored.
         */
        post: operations["postAuthPasswordResetConfirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/reauthenticate/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Prove once more who you are
         * @description Where an answer is `reauthentication_required`: by one of its `methods`. The proof stands in the access token of this answer and in no other: a
         *     refresh brings one as it was. A second factor makes `acr` `aal2`. `invalid_credentials`: it is another code, and may be typed anew. A
         *     provider's word counts where its ID token says that the person has proved it there within 10 minutes (`auth_time`); else
         *     `reauthentication_required` names what does. Who must have a second factor by now and has none gets no token but
         *     `second_factor_enrolment_required` with a ticket, as at a sign-in. In session mode a new session, which alone is recent, takes the place of the
         *     one that asks, and its token that of the token before.
         */
        post: operations["postAuthReauthenticate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/reauthenticate/mail/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have a code mailed that proves it
         * @description For who has neither a password nor a second factor: a provider's session may be as old as it likes. Good for 10 minutes, in the session that asked for it, and for 5 tries. `throttled`: no mail has gone, for another did a moment ago.
         */
        post: operations["postAuthReauthenticateMail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/register/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign up
         * @description Makes the account and mails a link and a code that prove the address. All fields at fault are told at once.
         *     `password1` and `password2` may stand for `password`. The browser that registers is known again when the address is confirmed, by
         *     its cookie or, with `X-Token-Transport: body`, by the answer's `attempt`. With an `invitation` the address is verified at once: no mail follows, and
         *     the answer says `Registered.`
         */
        post: operations["postAuthRegister"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/security/freeze/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * "This wasn't me"
         * @description By the same link. Ends every session; nobody signs in (403 `account_frozen`) until the account is had back, or the 7 days of the change
         *     are over. A mail with the link for that goes to the address that was the user's before the change; doing it again sends another.
         */
        post: operations["postAuthSecurityFreeze"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/security/recover/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have a frozen account back
         * @description By the link of the mail that freezing has sent, good for 30 minutes. Takes back the change and all after it, sets a new password, ends
         *     every session, and signs nobody in. What was connected in the last 7 days goes, too, be it of before the change. `kept` names what is not there
         *     any more, because somebody else has it by now or may have connected it. A password that is refused does not use up the link.
         */
        post: operations["postAuthSecurityRecover"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/security/review/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look at a change before stopping it
         * @description By the link of a mail about a change, for 7 days: that change and those after it, without any address. Changes nothing. The link is
         *     of no use any more once an earlier change was frozen, or the change was taken back.
         */
        post: operations["postAuthSecurityReview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/session/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who is asking? (for proxies)
         * @description Answers an empty 200 with `X-User-Id`, `X-Username` (percent-encoded), `X-Roles` (parted by commas) and `X-Session-Id`, or 401: what
         *     `auth_request` of nginx and `forward_auth` of Caddy want to know. The proxy says by `X-Original-Method` what the request to the app is: one
         *     that changes something or opens a WebSocket is refused from pages of other sites, as here. `docs/session-mode.md` has files for both.
         */
        get: operations["getAuthSession"];
        put?: never;
        /**
         * Who is here?
         * @description The one request of a page that loads: a refresh and `me` in one. For a visitor it is no error: `user` is null, with the
         *     `reason` where a token came along and is no longer good. In session mode there is nothing to refresh, and no `access`.
         */
        post: operations["postAuthSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/session/why/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Why am I signed out?
         * @description For whoever still has a refresh or session token of the session. Of a session that lives, and to anybody else, it says nothing.
         */
        post: operations["postAuthSessionWhy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/sessions/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List my sessions
         * @description Those that live, newest first.
         */
        get: operations["getAuthSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/sessions/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End one of my sessions
         * @description At once, on every node. The one that asks may end itself; its cookie is cleared then.
         */
        delete: operations["deleteAuthSessionsId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/sessions/disown/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * "This was not me"
         * @description By the link of the mail about a sign-in on a new device: ends that session, has the second factor asked for on every trusted device again, and nothing else. Doing it again answers the same, for 7 days.
         */
        post: operations["postAuthSessionsDisown"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/sessions/disown/check/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look at such a link before using it
         * @description Tells which session it is about. Changes nothing.
         */
        post: operations["postAuthSessionsDisownCheck"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/social/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the providers
         * @description What a sign-in page needs for its buttons. `flows`: `code` (a script redeems the code with its own verifier), `begin` (with
         *     a state of ours), `redirect` (by way of `login` and our callback).
         */
        get: operations["getAuthSocial"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/social/{provider}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in with a provider's code
         * @description For front ends that send the browser to the provider themselves. Somebody new becomes a user. Where a user has that address
         *     already and the provider vouches for it, the answer is `account_exists`, with a `link_token` for `link` and the `methods` to prove that
         *     account by; of an address that the provider itself gives out the two are connected at once. Where it vouches for none, and nobody may be
         *     told whose it is, the answer is `email_required`, with a `ticket` for `complete`.
         */
        post: operations["postAuthSocialProvider"];
        /**
         * Disconnect a provider
         * @description Removes an identity of the user who is signed in, unless it is the last way to sign in. The sign-in was at most 10 minutes ago.
         */
        delete: operations["deleteAuthSocialProvider"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/social/{provider}/begin/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set out for a provider
         * @description The server keeps the PKCE verifier for 10 minutes, for a sign-in or, where somebody is signed in, for connecting or for proving once more who they are. Send the browser to `authorization_url`.
         */
        post: operations["postAuthSocialProviderBegin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/social/{provider}/callback/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Come back from a provider
         * @description Where providers send the browser. Signs in and sends it to `next`; what goes wrong stands there as `error`, one of `ErrorCode`. Only a
         *     `state` that is not this browser's is told here: people get a page, scripts JSON. Loaded again, it leads to `next` and does nothing; where
         *     the browser keeps its session's cookie back on the way from another site, by way of a page that comes back once more (`again`).
         */
        get: operations["getAuthSocialProviderCallback"];
        put?: never;
        /**
         * Come back from a provider that posts
         * @description The same for Apple, and for providers that `FormPost` is set of: the provider's page has the browser post the answer.
         */
        post: operations["postAuthSocialProviderCallback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/social/{provider}/connect/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Connect a provider
         * @description Adds an identity to the user who is signed in, whatever its address. The sign-in was at most 10 minutes ago, the user's address is verified.
         */
        post: operations["postAuthSocialProviderConnect"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/social/{provider}/login/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Go to a provider
         * @description A navigation, not a call: sends the browser to the provider, and from there by way of our callback to `next`, which is an address of PublicUrl, FrontendUrl or a listed origin. With `transport=session` it ends in session mode. While the provider is away, the browser goes there at once, with `error=unavailable`; a script gets the failure. With `restore=true` an account is had back that its owner has deleted: from a page of PublicUrl alone, so that no other site has it back by a link.
         */
        get: operations["getAuthSocialProviderLogin"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/social/accounts/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the connected accounts
         * @description The identities of the user who is signed in, oldest first. `name` is the provider's, as on buttons; `email` is what the provider said
         *     at the last sign-in; `last_used_at` is null where the user has never signed in with it.
         */
        get: operations["getAuthSocialAccounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/social/apple/notices/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take Apple's notice
         * @description For the *Server-to-Server Notification Endpoint* of the developer's account. Who has closed the account at Apple, or told Apple to stop
         *     signing in here, is disconnected, signed out where Apple alone had signed them in, and told by mail; the account stays, and a way into it:
         *     where Apple is the only one, and the address Apple's too, it stays connected. Other notices are taken, and nothing follows from them.
         */
        post: operations["postAuthSocialAppleNotices"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/social/complete/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Name the address that is missing
         * @description Mails a link that shows 6 digits, for `complete/confirm`: good for 10 minutes, with this ticket alone. Another takes the place of the
         *     one before. Answers the same whatever the address, so that nobody learns who has an account.
         */
        post: operations["postAuthSocialComplete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/social/complete/code/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Show the code of the mailed link
         * @description What our page `/address` asks for. It changes nothing: the code counts where the sign-in waits, with the ticket.
         */
        post: operations["postAuthSocialCompleteCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/social/complete/confirm/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in with the code that the mailed link shows
         * @description Makes the account, with the address verified and the identity connected. Where somebody has the address, the answer is `account_exists`,
         *     with a `link_token` for `link`. A ticket is good for 5 tries. `invalid_token`: start again at the provider. `invalid_credentials`: it is
         *     another code, and may be typed anew. `throttled`: 20 codes for the address have been wrong within a day.
         */
        post: operations["postAuthSocialCompleteConfirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/social/link/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See what may be connected, and by which proofs
         * @description After the redirect flow has ended with `account_exists`: what its answer tells where a script drives the flow. Known by the cookie alone;
         *     looking is no try, and changes nothing.
         */
        get: operations["getAuthSocialLink"];
        put?: never;
        /**
         * Connect to the account that exists
         * @description Adds a new identity to the account that has its address, and signs in to it, by one proof: the account's `password`; `provider`, `code`
         *     and `state` of another provider that is connected to it; or the `code` that `link/mail` has mailed. A token is good for 10 minutes and
         *     5 tries. `invalid_token`: start again at the provider. `invalid_credentials`: the proof is wrong, and may be sent anew. `throttled`: 20
         *     mailed codes have been wrong within a day, and only other proofs count. Where nobody had verified the address yet, the mailed code does,
         *     and what was set before goes: password, sessions, identities.
         */
        post: operations["postAuthSocialLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/social/link/mail/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have a code mailed that connects
         * @description Mails 8 digits to the address of the account that exists, for `link`: good for 10 minutes, with this link token alone. Another takes
         *     the place of the one before. Answers the same whatever the token.
         */
        post: operations["postAuthSocialLinkMail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/token/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get a token for a program (RFC 6749)
         * @description For the clients of `Accounts__Clients__…`; without any it is `not_found`. The token is checked as an access token, has the `sub`
         *     `client:` and the client's name, and is of no use at this server. Failures say `error` and `error_description` besides.
         */
        post: operations["postAuthToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/token/refresh/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get the next access token
         * @description Retires the refresh token and hands out the next one. For 30 seconds after that the next one and the one before it are
         *     answered with a fresh access token and no new cookie; later the one before it means that an answer was lost, and gets
         *     another. Several tabs and lost answers sign nobody out; anything older ends its session. `reason` tells why a token is refused.
         */
        post: operations["postAuthTokenRefresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/token/revoke/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Revoke a token (RFC 7009)
         * @description A refresh token, of whichever generation, a session token, and an access token, be it expired, end their session; a personal token ends
         *     itself. All at once and on every node, for whoever holds the token. What is no token, or over already, is answered alike. The token of a
         *     program lives until it expires. Failures say `error` and `error_description` besides.
         */
        post: operations["postAuthTokenRevoke"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/token/verify/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check an access token
         * @description Whether it is good here and now, its session and its user included.
         */
        post: operations["postAuthTokenVerify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/tokens/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List my personal tokens
         * @description Those that are good, newest first; the tokens themselves are shown to nobody again.
         */
        get: operations["getAuthTokens"];
        put?: never;
        /**
         * Make a personal token
         * @description For a program that acts in the user's name at other services. It is shown once. A mail tells of it.
         */
        post: operations["postAuthTokens"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/tokens/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a personal token
         * @description It is refused at once, on every node.
         */
        delete: operations["deleteAuthTokensId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/verify-email/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow a mailed link
         * @description A script (`Accept: application/json`) confirms the address. Everything else that follows a link, people, mail scanners
         *     and prefetchers, gets a page, which changes nothing by being opened.
         */
        get: operations["getAuthVerifyEmail"];
        put?: never;
        /**
         * Verify an address
         * @description By the `token` of the mailed link, or by `email` and the `code` of the same mail, which counts only in the browser that had it sent:
         *     by its cookies, or by the `attempt` that it was given. Doing it again answers the same.
         */
        post: operations["postAuthVerifyEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/verify-email/check/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look at a link before using it
         * @description Tells whose address a `token` proves, and whether this is the browser that registered. Changes nothing.
         */
        post: operations["postAuthVerifyEmailCheck"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/verify-email/reject/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * "This was not me"
         * @description Deletes the unverified account that somebody made with this address.
         */
        post: operations["postAuthVerifyEmailReject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/verify-email/resend/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mail another link
         * @description Answers the same whatever the address, so that nobody learns who has an account. Up to three links live side by side. The code
         *     counts in this browser, by its cookie or, with `X-Token-Transport: body`, by the answer's `attempt`.
         */
        post: operations["postAuthVerifyEmailResend"];
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
        /**
         * Is the process alive?
         * @description Asks nothing else, so that a database that is away restarts no server.
         */
        get: operations["getHealthz"];
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
        /**
         * Can the server do its work?
         * @description The database answers, this program's last migration is applied, and it has warmed up and is not about to stop.
         */
        get: operations["getReadyz"];
        put?: never;
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
        /** @description An event. */
        ActivityEvent: {
            /** Format: date-time */
            at: string;
            /** @description What a person calls it. */
            device: string;
            ip: string;
            /** @description For programs; there may be kinds to come. */
            kind: string;
            /** @description For people, in the language of `Accept-Language` where it is one of ours, else in English. */
            text: string;
            /**
             * Format: int32
             * @description How often it happened in that minute.
             */
            times: number;
        };
        /** @description A page of what happened to an account. */
        ActivityResponse: {
            /**
             * Format: int64
             * @description How many events there are.
             */
            count: number;
            /** @description The address of the next page; null on the last. */
            next?: null | string;
            /** @description The address of the page before; null on the first. */
            previous?: null | string;
            results: components["schemas"]["ActivityEvent"][];
        };
        /** @description Some of the events of all users. */
        AdminEventLogResponse: {
            /** @description The address of those that follow; null where these were the last. */
            next?: null | string;
            results: components["schemas"]["AdminEventResponse"][];
        };
        /** @description What happened to an account, as administrators see it. */
        AdminEventResponse: {
            /**
             * Format: uuid
             * @description The administrator whose act it was, or who allowed it (`invitation_accepted`); null for the user's own, and for that of an operator.
             */
            actor_id?: null | string;
            after?: null | components["schemas"]["JsonElement"];
            /** Format: date-time */
            at: string;
            before?: null | components["schemas"]["JsonElement"];
            /**
             * Format: int32
             * @description How often it happened in that minute.
             */
            count: number;
            /** @description The same; what a person calls it, and `An operator` for whoever has run a command on the server. */
            device: string;
            /** @description Of who did it; empty for an operator. */
            ip: string;
            /** @description For programs; there may be kinds to come. */
            kind: string;
            /**
             * Format: int64
             * @description In the order in which events became visible; null in their first second or so.
             */
            number?: null | number;
            /**
             * Format: uuid
             * @description Whom it happened to; after an erasure nobody's any more.
             */
            user_id: string;
        };
        /** @description A page of events. */
        AdminEventsResponse: {
            /**
             * Format: int64
             * @description How many events there are.
             */
            count: number;
            /** @description The address of the next page; null on the last. */
            next?: null | string;
            /** @description The address of the page before; null on the first. */
            previous?: null | string;
            results: components["schemas"]["AdminEventResponse"][];
        };
        /** @description A user as administrators see them: the members of `me`, extra fields among them, and what follows. */
        AdminUserResponse: {
            /** Format: date-time */
            date_joined: string;
            /**
             * Format: date-time
             * @description null for who is not deleted
             */
            deleted_at?: null | string;
            email: string;
            email_verified: boolean;
            first_name: string;
            has_password: boolean;
            /** Format: uuid */
            id: string;
            /** @description false for who is deactivated, as long as that lasts */
            is_active: boolean;
            /**
             * Format: date-time
             * @description null for who never was
             */
            last_login?: null | string;
            last_name: string;
            /** @description Their id in the system that they came from; not there for who signed up here. */
            legacy_id?: string;
            locale?: null | string;
            providers: string[];
            /** @description why they are not, in an administrator's words */
            reason?: null | string;
            roles: string[];
            /**
             * Format: date-time
             * @description when they are active again by themselves; null for never, and for who is
             */
            suspended_until?: null | string;
            username: string;
            /**
             * Format: int64
             * @description as the `ETag`
             */
            version: number;
            ways: string[];
        };
        /** @description A page of users. */
        AdminUsersResponse: {
            /**
             * Format: int64
             * @description How many there are: exact up to 10,000, an estimate above.
             */
            count: number;
            /** @description The address of the next page; null on the last. */
            next?: null | string;
            /** @description The address of the page before; null on the first. */
            previous?: null | string;
            results: components["schemas"]["AdminUserResponse"][];
        };
        /** @description What the doctor found. */
        CheckResponse: {
            findings: components["schemas"]["FindingResponse"][];
            /** @description whether there is no problem; warnings there may be */
            ok: boolean;
        };
        /** @description To who has had a code mailed, whoever has the address. A client without cookies sends the attempt back beside the code. */
        CodeMailedResponse: {
            attempt?: string;
            detail: string;
        };
        /** @description What happened on a day. */
        DayResponse: {
            /** Format: date */
            day: string;
            /**
             * Format: int64
             * @description wrong passwords, and wrong codes of second factors
             */
            failures: number;
            /**
             * Format: int64
             * @description how many signed up
             */
            registered: number;
            /**
             * Format: int64
             * @description how many sessions began
             */
            sign_ins: number;
        };
        /** @description `{"detail": "..."}` */
        DetailResponse: {
            detail: string;
        };
        /** @description The session that a mail about a new device tells of. */
        DisownableSessionResponse: {
            /**
             * Format: date-time
             * @description When that was.
             */
            at: string;
            /** @description What a person calls it. */
            device: string;
            /** @description Whether it is over already. */
            ended: boolean;
            /** @description At the sign-in. */
            ip: string;
        };
        /** @description The answer to a change; all but the detail is there where the request carried its refresh token. */
        EmailChangeResponse: {
            /** @description The access token of the new session: a JWT. Absent in session mode. */
            access?: string;
            /**
             * Format: int32
             * @description Seconds.
             */
            access_expires_in?: number;
            detail: string;
            /** @description The refresh token, in body mode only. */
            refresh?: string;
            /** @description The session token, of who has it in bodies. */
            session_token?: string;
            user?: null | components["schemas"]["UserResponse"];
        };
        /** @description What the page of a mailed link shows. */
        EmailCodeCheckResponse: {
            /**
             * Format: date-time
             * @description When it was sent.
             */
            at: string;
            /** @description To be typed in the browser that had the mail sent; left out in that one. */
            code?: string;
            /** @description That had it sent, as a person calls it. */
            device: string;
            /** @description Where the mail went. */
            email: string;
            /** @description Of that device. */
            ip: string;
            /** @description Whether nobody has the address yet, and an account is made. */
            new_account: boolean;
            /** @description Whether this is the browser that had the mail sent. */
            same_browser: boolean;
        };
        /** @description `{}` */
        EmptyResponse: Record<string, never>;
        /** @description A session that has ended (`sid`), or the tokens of a user (`user_id`) whose `ver` is below a number. */
        EndedSessionResponse: {
            /** Format: int64 */
            below?: number;
            /** Format: uuid */
            sid?: string;
            /**
             * Format: date-time
             * @description when no such token lives any more
             */
            until: string;
            /** Format: uuid */
            user_id?: string;
        };
        /** @description What has ended, in its order, 1,000 at most; where there are more, the next answer has them at once. */
        EndedSessionsResponse: {
            /** @description for `after` of the next request */
            cursor: string;
            /** @description none where nothing has meanwhile */
            ended: components["schemas"]["EndedSessionResponse"][];
        };
        /** @description The answer to a second factor that was added: with a ticket that of a sign-in, too. */
        EnrolledResponse: {
            /** @description With a ticket: the access token; absent in session mode. */
            access?: string;
            /**
             * Format: int32
             * @description With a ticket: seconds.
             */
            access_expires_in?: number;
            /** @description Ten with the first factor, each good once, shown once; none where those of before stay. */
            recovery_codes: string[];
            /** @description With a ticket, in body mode only: the refresh token. */
            refresh?: string;
            /** @description Whether a deleted account is back; else not there. */
            restored?: boolean;
            /** @description With a ticket, in session mode with bodies: the session token. */
            session_token?: string;
            user?: null | components["schemas"]["UserResponse"];
        };
        /** @description An error's body. */
        Error: {
            /** @description How good a proof must be: `aal1`, or `aal2` for two factors. */
            acr?: string;
            code: components["schemas"]["ErrorCode"];
            /** @description For people, in the language of `Accept-Language` where it is one of ours, else in English. */
            detail: string;
            /** @description RFC 6749's word, where a program asks for a token. */
            error?: string;
            error_description?: string;
            /**
             * Format: int32
             * @description Seconds that the ticket is good for.
             */
            expires_in?: number;
            /** @description For adding an identity to the account that exists. */
            link_token?: string;
            /**
             * Format: int32
             * @description How many seconds ago a proof may have been.
             */
            max_age?: number;
            messages?: {
                message: string;
                token_class: string;
                token_type: string;
            }[];
            /** @description Its ways to sign in, or what proves somebody once more. */
            methods?: string[];
            /** @description Why a token was refused: missing, invalid, expired, revoked or reused. */
            reason?: string;
            /**
             * Format: date-time
             * @description Until when a deleted account may be had back.
             */
            restore_until?: string;
            /**
             * Format: int32
             * @description Seconds, where it is a matter of time.
             */
            retry_after?: number;
            /** @description For naming the address that is missing, or for proving or adding the second factor. */
            ticket?: string;
        };
        /**
         * @description A stable word for what went wrong. None is ever renamed; new ones may come.
         * @enum {string}
         */
        ErrorCode: "error" | "parse_error" | "not_authenticated" | "token_not_valid" | "bad_authorization_header" | "invalid_credentials" | "invalid_client" | "permission_denied" | "reauthentication_required" | "email_not_verified" | "second_factor_required" | "second_factor_enrolment_required" | "invalid_ticket" | "ticket_of_another_user" | "recovery_waits" | "account_frozen" | "account_deleted" | "registration_closed" | "confirmation_required" | "csrf_failed" | "bad_request" | "not_found" | "method_not_allowed" | "not_acceptable" | "payload_too_large" | "unsupported_media_type" | "throttled" | "unavailable" | "invalid_token" | "unsupported_provider" | "invalid_state" | "code_exchange_failed" | "provider_profile_failed" | "access_denied" | "email_required" | "account_exists" | "social_account_taken" | "last_sign_in_method" | "redirect_flow_unavailable" | "provider_error" | "email_taken" | "invalid_passkey" | "too_many_factors" | "enrolment_expired" | "no_second_factor" | "second_factor_required_by_policy" | "last_administrator" | "user_inactive" | "already_verified" | "stale" | "gone" | "personal_token_not_accepted" | "too_many_tokens" | "invalid_request" | "unsupported_grant_type" | "invalid_scope";
        /** @description That second factors will be removed. */
        FactorResetResponse: {
            /**
             * Format: date-time
             * @description When, unless one of them is used before.
             */
            effective_at: string;
        };
        /** @description A second factor as its user sees it. */
        FactorResponse: {
            /** Format: date-time */
            created_at: string;
            /** @description Of a passkey: as the authenticator calls it, for `PublicKeyCredential.signalUnknownCredential` once it is removed. */
            credential_id?: string;
            /** Format: uuid */
            id: string;
            /**
             * Format: date-time
             * @description Null where it has not been used since it was added.
             */
            last_used_at?: null | string;
            name: string;
            /** @description Of a passkey: whether it has been copied to the user's other devices. */
            synced?: boolean;
            /** @description Of a passkey in the list: as authenticators call its user, for `signalAllAcceptedCredentials` and `signalCurrentUserDetails`. */
            user_handle?: string;
        };
        /** @description The second factors of a user. */
        FactorsResponse: {
            passkeys: components["schemas"]["FactorResponse"][];
            /**
             * Format: int32
             * @description Those that have not been used.
             */
            recovery_codes_left: number;
            /** @description Whether the last one must stay. */
            required: boolean;
            /** @description Authenticator apps. */
            totp: components["schemas"]["FactorResponse"][];
        };
        /** @description Messages by the field that they are about; `non_field_errors` for the body as a whole. */
        FieldErrors: {
            [key: string]: string[];
        };
        /** @description One thing that it found. */
        FindingResponse: {
            /** @description what was tried */
            check: string;
            /** @description `ok`, `warning` or `problem` */
            level: string;
            /** @description what is so, and what to write where */
            text: string;
        };
        /** @description Something that has happened, with the headers of Standard Webhooks. More members may come. */
        ImportWebhook: {
            /** @description How many users have come, or were changed; nobody in particular. */
            data: {
                /**
                 * Format: int64
                 * @description How many are new.
                 */
                created: number;
                /** @description Which system they are of. */
                source: string;
                /**
                 * Format: int64
                 * @description How many were changed, each of whom is told of by themselves.
                 */
                updated: number;
            };
            /** @description The same at each try, as `webhook-id`. */
            id: string;
            /**
             * Format: date-time
             * @description When it did.
             */
            timestamp: string;
            /** @description What has happened. */
            type: string;
        };
        /** @description What introspection tells: of a token that is not active, only that. The answer is made of the token's own claims; this describes it. */
        IntrospectionResponse: {
            /** @description How well they proved it: `aal1`, or `aal2` by two factors. */
            acr?: string;
            active: boolean;
            amr?: string[];
            aud?: string;
            /** Format: int64 */
            auth_time?: number;
            client_id?: string;
            email_verified?: boolean;
            /** Format: int64 */
            exp?: number;
            /** Format: int64 */
            iat?: number;
            iss?: string;
            jti?: string;
            /** @description The user's id in the system that they came from, where they came from one. */
            legacy_id?: string;
            /** @description Extra fields, where the setting tells any to tokens. */
            profile?: Record<string, never>;
            roles?: string[];
            sid?: string;
            sub?: string;
            /** @description What its user calls a personal token. */
            token_name?: string;
            token_type?: string;
            user_id?: string;
            username?: string;
            /**
             * Format: int64
             * @description The user's version: see `ended-sessions/`.
             */
            ver?: number;
        };
        /** @description An invitation that can still be accepted. Its token is in the mail alone. */
        InvitationResponse: {
            /** Format: date-time */
            created_at: string;
            email: string;
            /** Format: date-time */
            expires_at: string;
            /** Format: uuid */
            id: string;
            /**
             * Format: uuid
             * @description The administrator; null for who is erased.
             */
            invited_by?: null | string;
            /** @description That are given with it, if who invites still is an administrator then. */
            roles: string[];
        };
        /** @description A page of invitations. */
        InvitationsResponse: {
            /**
             * Format: int64
             * @description How many there are.
             */
            count: number;
            /** @description The address of the next page; null on the last. */
            next?: null | string;
            /** @description The address of the page before; null on the first. */
            previous?: null | string;
            results: components["schemas"]["InvitationResponse"][];
        };
        JsonElement: unknown;
        JsonObject: Record<string, never>;
        JwkResponse: {
            alg: string;
            crv: string;
            kid: string;
            kty: string;
            use: string;
            x: string;
            y: string;
        };
        JwksResponse: {
            keys: components["schemas"]["JwkResponse"][];
        };
        /** @description A session as its user sees it. */
        ListedSessionResponse: {
            /** @description How the user signed in (RFC 8176); a provider by its name. */
            amr: string[];
            /** Format: date-time */
            created_at: string;
            /** @description Whether it is the one that asks. */
            current: boolean;
            /** @description What a person calls it: `Firefox on Windows`, `Unknown device`. */
            device: string;
            /** Format: uuid */
            id: string;
            /** @description At the sign-in. */
            ip: string;
            /**
             * Format: date-time
             * @description Its last refresh, in session mode its last use, to the hour.
             */
            last_used_at: string;
            /** @description False where it goes with the browser. */
            persistent: boolean;
            /** @description `cookie` or `body`; in session mode `session` or `token_body`. */
            transport: string;
            user_agent: string;
        };
        /** @description The answer to a sign-in. */
        LoginResponse: {
            /** @description The access token: a JWT. Absent in session mode. */
            access?: string;
            /**
             * Format: int32
             * @description Seconds.
             */
            access_expires_in?: number;
            /** @description The refresh token, in body mode only. */
            refresh?: string;
            /** @description Whether a deleted account is back; else not there. */
            restored?: boolean;
            /** @description The session token, where session mode was asked for with bodies. */
            session_token?: string;
            user: components["schemas"]["UserResponse"];
        };
        /** @description The answer to signing out everywhere. */
        LogoutAllResponse: {
            /**
             * Format: int32
             * @description How many live sessions have ended.
             */
            ended: number;
        };
        /** @description A program's token (RFC 6749 section 5.1). */
        MachineTokenResponse: {
            access_token: string;
            /**
             * Format: int32
             * @description Seconds.
             */
            expires_in: number;
            token_type: string;
        };
        /** @description `{"message": "..."}` */
        MessageResponse: {
            message: string;
        };
        MetadataResponse: {
            code_challenge_methods_supported: string[];
            grant_types_supported?: string[];
            id_token_signing_alg_values_supported: string[];
            /** @description Where services ask about tokens; absent, as is the following, where none is listed. */
            introspection_endpoint?: string;
            introspection_endpoint_auth_methods_supported?: string[];
            issuer: string;
            jwks_uri: string;
            response_types_supported: string[];
            revocation_endpoint: string;
            revocation_endpoint_auth_methods_supported: string[];
            subject_types_supported: string[];
            /** @description Where programs get tokens; absent, as are the following, where no client is listed. */
            token_endpoint?: string;
            token_endpoint_auth_methods_supported?: string[];
        };
        /** @description A personal token that was made. */
        NewPersonalTokenResponse: {
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string;
            /** Format: uuid */
            id: string;
            name: string;
            roles: string[];
            /** @description It itself, which is shown this once. */
            token: string;
        };
        /** @description Mails that have not left. */
        OutboxResponse: {
            /**
             * Format: int64
             * @description for how many seconds the one waits that waits longest
             */
            oldest_s: number;
            /**
             * Format: int64
             * @description that were given up within a week
             */
            parked: number;
            /**
             * Format: int64
             * @description that wait, or are on their way
             */
            queued: number;
        };
        /** @description What asks an authenticator for a new passkey. */
        PasskeyCreationResponse: {
            /** @description For `PublicKeyCredential.parseCreationOptionsFromJSON` and `navigator.credentials.create`. */
            publicKey: components["schemas"]["JsonObject"];
            /** @description Goes back beside the answer, within 5 minutes, and once. */
            state: string;
        };
        /** @description Where passkeys are made and managed, for password managers. */
        PasskeyEndpointsResponse: {
            /** @description The page where one is added. */
            enroll: string;
            /** @description The page where they are seen, named and removed. */
            manage: string;
        };
        /** @description What asks an authenticator to sign. */
        PasskeyRequestResponse: {
            /** @description For `PublicKeyCredential.parseRequestOptionsFromJSON` and `navigator.credentials.get`. */
            publicKey: components["schemas"]["JsonObject"];
            /** @description Goes back beside the answer, within 5 minutes, and once. */
            state: string;
        };
        /** @description A passkey that has been added. */
        PasskeyResponse: {
            /** Format: date-time */
            created_at: string;
            /** @description As the authenticator calls it, for `PublicKeyCredential.signalUnknownCredential` once it is removed. */
            credential_id: string;
            /** Format: uuid */
            id: string;
            name: string;
            /** @description Ten with the user's first factor, shown once; else not there. */
            recovery_codes?: string[];
            /** @description Whether it has been copied to the user's other devices. */
            synced: boolean;
        };
        /** @description The answer to a change; all but the detail is there where the request carried its refresh token. */
        PasswordChangeResponse: {
            /** @description The access token of the new session: a JWT. Absent in session mode. */
            access?: string;
            /**
             * Format: int32
             * @description Seconds.
             */
            access_expires_in?: number;
            detail: string;
            /** @description The refresh token, in body mode only. */
            refresh?: string;
            /** @description The session token, of who has it in bodies. */
            session_token?: string;
            user?: null | components["schemas"]["UserResponse"];
        };
        /** @description A personal token as its user sees it. */
        PersonalTokenResponse: {
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string;
            /** Format: uuid */
            id: string;
            /**
             * Format: date-time
             * @description To the hour; absent before its first use.
             */
            last_used_at?: string;
            name: string;
            /** @description Those that it was given and that the user holds now. */
            roles: string[];
        };
        /** @description The proof. */
        ReauthenticatedResponse: {
            /** @description An access token in which it stands (`auth_time`, `amr`, `acr`). Absent in session mode. */
            access?: string;
            /**
             * Format: int32
             * @description Seconds.
             */
            access_expires_in?: number;
            /** @description In session mode with bodies: the token of the session that takes the place of the one before. */
            session_token?: string;
        };
        /** @description The account is as it was. */
        RecoveredResponse: {
            detail: string;
            /** @description What could not be taken back, because it is somebody else's by now. */
            kept: string[];
        };
        /** @description Recovery codes, shown once. */
        RecoveryCodesResponse: {
            /** @description Ten, each good once; none where those of before stay. */
            recovery_codes: string[];
        };
        /** @description The answer to a refresh. */
        RefreshResponse: {
            /** @description The access token: a JWT. */
            access: string;
            /**
             * Format: int32
             * @description Seconds.
             */
            access_expires_in: number;
            /** @description The next refresh token, in body mode only. */
            refresh?: string;
        };
        /** @description To who has signed up. A client without cookies keeps the attempt until the address is confirmed. */
        RegisteredResponse: {
            attempt?: string;
            message: string;
        };
        /** @description The origins whose pages may use our passkeys, beside our own. */
        RelatedOriginsResponse: {
            origins: string[];
        };
        /** @description A change. */
        ReviewedEvent: {
            /** Format: date-time */
            at: string;
            /** @description What a person calls it. */
            device: string;
            /** @description For programs; there may be kinds to come. */
            kind: string;
        };
        /** @description What a link "this wasn't me" is about. */
        ReviewResponse: {
            /** @description The change and those after it, oldest first. */
            events: components["schemas"]["ReviewedEvent"][];
            /** @description Whether nobody signs in at the moment. */
            frozen: boolean;
        };
        /** @description How a session ended; nothing of one that lives. */
        SessionEndResponse: {
            /**
             * Format: date-time
             * @description To the hour.
             */
            ended_at?: string;
            /** @description `logout`, `logout_elsewhere`, `logout_all`, `disowned`, `replaced`, `reused`, `too_many`, `restored`, or `user_ended`: all of the user's. */
            reason?: string;
        };
        /** @description Who is signed in in a page that loads. */
        SessionResponse: {
            /** @description The access token: a JWT. Absent in session mode. */
            access?: string;
            /**
             * Format: int32
             * @description Seconds.
             */
            access_expires_in?: number;
            /** @description Why a token that came along is not good: `expired`, `revoked`, `reused`, `invalid`. */
            reason?: string;
            /** @description The next refresh token, in body mode only. */
            refresh?: string;
            user?: null | components["schemas"]["UserResponse"];
        };
        /** @description A connected account. */
        SocialAccountResponse: {
            /** Format: date-time */
            connected_at: string;
            email?: null | string;
            /** Format: date-time */
            last_used_at?: null | string;
            name: string;
            provider: string;
        };
        /** @description What a script sends the browser to the provider with. */
        SocialBeginResponse: {
            authorization_url: string;
            code_challenge: string;
            nonce: string;
            state: string;
        };
        /** @description What the page shows that a mailed link opens. */
        SocialCodeResponse: {
            /** @description 6 digits. */
            code: string;
            /** @description Where the mail went. */
            email: string;
            /** @description The provider's. */
            name: string;
        };
        /** @description What `account_exists` is about. */
        SocialLinkResponse: {
            /** @description The account's address, masked. */
            email: string;
            /**
             * Format: int32
             * @description Seconds.
             */
            expires_in: number;
            /** @description Of which one proves the account: `password`, a provider that is connected to it, `mail`. */
            methods: string[];
            /** @description Whose identity would be connected. */
            provider: string;
        };
        /** @description A button. `flows`: `code` (a script redeems with its own verifier), `begin` (with a state of ours), `redirect` (by way of our callback). */
        SocialProviderResponse: {
            authorization_url: string;
            client_id: string;
            flows: string[];
            name: string;
            provider: string;
            scope: string;
        };
        /** @description The state of the whole. */
        SummaryResponse: {
            /**
             * Format: int64
             * @description of them, who have signed in within 30 days
             */
            active_30d: number;
            /**
             * Format: date-time
             * @description when they were counted
             */
            counted_at: string;
            /** @description the last 30, today the last of them, in UTC */
            days: components["schemas"]["DayResponse"][];
            /**
             * Format: int64
             * @description of them, who have a second factor
             */
            factors: number;
            /** @description mails that have not left */
            outbox: components["schemas"]["OutboxResponse"];
            /**
             * Format: int64
             * @description who have not left; counted, as the next three, once a minute
             */
            users: number;
            /**
             * Format: int64
             * @description of them, whose address is
             */
            verified: number;
            /** @description what apps have not been told yet */
            webhooks: components["schemas"]["WebhooksResponse"];
        };
        /** @description What an authenticator app is given, once. */
        TotpOfferResponse: {
            /** @description The same as apps read it. */
            otpauth_url: string;
            /** @description The same as a picture: an `svg` element without script and style. */
            qr_svg: string;
            /** @description Base32, for who types it. */
            secret: string;
        };
        /** @description A trusted device as its user sees it. */
        TrustedDeviceResponse: {
            /** Format: date-time */
            created_at: string;
            /** @description Whether it is the browser that asks. */
            current: boolean;
            /** @description What a person calls it: `Firefox on Windows`, `Unknown device`. */
            device: string;
            /**
             * Format: date-time
             * @description From then on it is.
             */
            expires_at: string;
            /** Format: uuid */
            id: string;
            /** @description When it was trusted. */
            ip: string;
            /**
             * Format: date-time
             * @description The last sign-in that was not asked for the second factor.
             */
            last_used_at: string;
        };
        /** @description A user as `me` and a sign-in show it. */
        UserResponse: {
            /** Format: date-time */
            date_joined: string;
            email: string;
            email_verified: boolean;
            first_name: string;
            has_password: boolean;
            /** Format: uuid */
            id: string;
            last_name: string;
            /** @description Their id in the system that they came from; not there for who signed up here. */
            legacy_id?: string;
            /** @description the language of their mails; null for the default */
            locale?: null | string;
            providers: string[];
            roles: string[];
            username: string;
            /** @description what they sign in with: `password`, providers, `passkey`, and second factors (`totp`); the password first, then the others, oldest first */
            ways: string[];
        };
        /** @description What the confirm page shows. */
        VerificationCheckResponse: {
            /** @description that is confirmed */
            email: string;
            /** @description that a password is to be chosen here; left out where none is */
            password_needed?: boolean;
            /** @description whether this is the browser that registered */
            same_browser: boolean;
            /** @description of the account, or of the sign-up that is pending */
            username: string;
            /** @description whether it is already */
            verified: boolean;
        };
        /** @description Something that has happened, with the headers of Standard Webhooks. More members may come. */
        Webhook: {
            /** @description Whom it is about, and what else stands with the event. */
            data: {
                /** @description All that the user was signed in with has ended. */
                all_sessions?: boolean;
                /**
                 * Format: email
                 * @description The user's address as it is now, where the event is about it.
                 */
                email?: string;
                /**
                 * Format: uuid
                 * @description The session that goes on.
                 */
                kept_session_id?: string;
                /**
                 * Format: uuid
                 * @description The session that goes on as this one, and is over.
                 */
                replaced_session_id?: string;
                /** @description The user's roles as they are now. */
                roles?: string[];
                /**
                 * Format: uuid
                 * @description The session that it happened in, or to.
                 */
                session_id?: string;
                /**
                 * Format: date-time
                 * @description When a suspension ends by itself.
                 */
                until?: string;
                /**
                 * Format: uuid
                 * @description The user's id.
                 */
                user_id: string;
            };
            /** @description The same at each try, as `webhook-id`. */
            id: string;
            /**
             * Format: date-time
             * @description When it did.
             */
            timestamp: string;
            /** @description What has happened. */
            type: string;
        };
        /** @description Webhooks that no receiver has taken. */
        WebhooksResponse: {
            /**
             * Format: int64
             * @description that were given up
             */
            parked: number;
            /**
             * Format: int64
             * @description that wait, or are on their way
             */
            waiting: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getWellKnownJwksJson: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JwksResponse"];
                };
            };
        };
    };
    getWellKnownOauthAuthorizationServer: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MetadataResponse"];
                };
            };
        };
    };
    getWellKnownOpenidConfiguration: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MetadataResponse"];
                };
            };
        };
    };
    getWellKnownPasskeyEndpoints: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyEndpointsResponse"];
                };
            };
        };
    };
    getWellKnownWebauthn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RelatedOriginsResponse"];
                };
            };
        };
    };
    getAdminCheck: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckResponse"];
                };
            };
        };
    };
    getAdminEventsNdjson: {
        parameters: {
            query?: {
                actor?: string;
                after?: string;
                kind?: string;
                since?: string;
                until?: string;
                user?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getAdminEvents: {
        parameters: {
            query?: {
                actor?: string;
                after?: string;
                before?: string;
                kind?: string;
                page_size?: string;
                since?: string;
                until?: string;
                user?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminEventLogResponse"];
                };
            };
        };
    };
    getAdminInvitations: {
        parameters: {
            query?: {
                /** @description from 1 on; 404 behind the last */
                page?: string;
                page_size?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationsResponse"];
                };
            };
        };
    };
    postAdminInvitations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: email
                     * @description Where the link is mailed, and the address of the account.
                     */
                    email: string;
                    /** @description In seconds: 3600 to 2592000; 7 days without it. */
                    expires_in?: number;
                    /** @description The language of the mail, as a tag; that of the server without it. */
                    locale?: string;
                    /** @description All that the account is to hold, given when it is made, if who invites still is an administrator then: `[a-z][a-z0-9_-]{0,31}`, at most 20; none without it. */
                    roles?: string[];
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationResponse"];
                };
            };
        };
    };
    deleteAdminInvitationsId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the invitation's */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getAdminSummary: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SummaryResponse"];
                };
            };
        };
    };
    getAdminUsers: {
        parameters: {
            query?: {
                is_active?: string;
                ordering?: string;
                page?: string;
                page_size?: string;
                role?: string;
                search?: string;
                verified?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminUsersResponse"];
                };
            };
        };
    };
    postAdminUsers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: email
                     * @description Where the link is mailed.
                     */
                    email: string;
                    /** @description May be blank. */
                    first_name?: string;
                    /** @description May be blank. */
                    last_name?: string;
                    /** @description The language of mails, a tag of BCP 47; blank or null for the default. */
                    locale?: string;
                    /** @description Letters, digits and `@.+-_`; no address. */
                    username: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminUserResponse"];
                };
            };
        };
    };
    getAdminUsersId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the user's */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminUserResponse"];
                };
            };
        };
    };
    deleteAdminUsersId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the user's */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminUserResponse"];
                };
            };
        };
    };
    patchAdminUsersId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the user's */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description May be blank. */
                    first_name?: string;
                    /** @description May be blank. */
                    last_name?: string;
                    /** @description The language of mails, a tag of BCP 47; blank or null for the default. */
                    locale?: string;
                    /** @description Letters, digits and `@.+-_`; no address. */
                    username?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminUserResponse"];
                };
            };
        };
    };
    postAdminUsersIdActivate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the user's */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminUserResponse"];
                };
            };
        };
    };
    postAdminUsersIdDeactivate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the user's */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description Why, for other administrators. */
                    reason?: string;
                    /**
                     * Format: date-time
                     * @description When they are active again by themselves; for good without it.
                     */
                    until?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminUserResponse"];
                };
            };
        };
    };
    getAdminUsersIdEvents: {
        parameters: {
            query?: {
                /** @description from 1 on; 404 behind the last */
                page?: string;
                page_size?: string;
            };
            header?: never;
            path: {
                /** @description the user's */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminEventsResponse"];
                };
            };
        };
    };
    getAdminUsersIdIdentities: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the user's */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SocialAccountResponse"][];
                };
            };
        };
    };
    postAdminUsersIdLogout: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the user's */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminUserResponse"];
                };
            };
        };
    };
    postAdminUsersIdResendVerification: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the user's */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminUserResponse"];
                };
            };
        };
    };
    postAdminUsersIdResetFactors: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the user's */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FactorResetResponse"];
                };
            };
        };
    };
    postAdminUsersIdResetPassword: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the user's */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminUserResponse"];
                };
            };
        };
    };
    putAdminUsersIdRoles: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the user's */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description All that the user is to hold: `[a-z][a-z0-9_-]{0,31}`, at most 20. `admin` alone means something here. */
                    roles: string[];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminUserResponse"];
                };
            };
        };
    };
    getAdminUsersIdSessions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the user's */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListedSessionResponse"][];
                };
            };
        };
    };
    getAuthDevices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrustedDeviceResponse"][];
                };
            };
        };
    };
    deleteAuthDevicesId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the device's */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    postAuthEmailChange: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: email
                     * @description Where the link is mailed.
                     */
                    new_email: string;
                    /**
                     * Format: password
                     * @description Not needed where the sign-in was at most 10 minutes ago.
                     */
                    password?: string;
                };
            };
        };
        responses: {
            /** @description A mail has been sent to the new address. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DetailResponse"];
                };
            };
        };
    };
    postAuthEmailChangeConfirm: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The refresh token, in body mode; otherwise the cookie brings it. */
                    refresh?: string;
                    /** @description The token of the mailed link. */
                    token: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmailChangeResponse"];
                };
            };
        };
    };
    getAuthEndedSessions: {
        parameters: {
            query?: {
                after?: string;
                wait?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndedSessionsResponse"];
                };
            };
        };
    };
    getAuthFactors: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FactorsResponse"];
                };
            };
        };
    };
    deleteAuthFactorsId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the factor's */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patchAuthFactorsId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the factor's */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What the user calls it. */
                    name: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FactorResponse"];
                };
            };
        };
    };
    postAuthFactorsPasskeysBegin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description Beside the ticket, until it was right once: of the mail that `login/enrolment/mail/` sends, 8 digits. */
                    mail_code?: string;
                    /** @description Of the answer `second_factor_enrolment_required`, in place of an access token. Where both are missing, the cookie of the redirect flow counts. */
                    ticket?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyCreationResponse"];
                };
            };
        };
    };
    postAuthFactorsPasskeysFinish: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What the user calls it; without one, what its authenticator is called. */
                    name?: string;
                    /** @description What `PublicKeyCredential.toJSON()` gives; in a form the same as text. */
                    passkey: Record<string, never>;
                    /** @description Of the beginning. */
                    state: string;
                    /** @description Of the answer `second_factor_enrolment_required`, in place of an access token. Where both are missing, the cookie of the redirect flow counts. */
                    ticket?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnrolledResponse"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyResponse"];
                };
            };
        };
    };
    postAuthFactorsRecoveryCodes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodesResponse"];
                };
            };
        };
    };
    postAuthFactorsTotpBegin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description Beside the ticket, until it was right once: of the mail that `login/enrolment/mail/` sends, 8 digits. */
                    mail_code?: string;
                    /** @description Of the answer `second_factor_enrolment_required`, in place of an access token. Where both are missing, the cookie of the redirect flow counts. */
                    ticket?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TotpOfferResponse"];
                };
            };
        };
    };
    postAuthFactorsTotpConfirm: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The six digits that the app shows. */
                    code: string;
                    /** @description What the user calls the app; `Authenticator app` where it is absent or blank. */
                    name?: string;
                    /** @description Of the answer `second_factor_enrolment_required`, in place of an access token. Where both are missing, the cookie of the redirect flow counts. */
                    ticket?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnrolledResponse"];
                };
            };
        };
    };
    postAuthIntrospect: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description An access token. */
                    token: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IntrospectionResponse"];
                };
            };
        };
    };
    postAuthLogin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description An address or a username. */
                    email?: string;
                    /**
                     * Format: password
                     * @description As it was chosen.
                     */
                    password: string;
                    /** @description `false`: the session goes with the browser, and after a day without use. */
                    remember?: boolean;
                    /** @description `true`: a deleted account is had back, while it may be. */
                    restore?: boolean;
                    /** @description The same, in place of `email`. */
                    username?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginResponse"];
                };
            };
        };
    };
    postAuthLoginCode: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What a client without cookies got as `attempt` when it registered, or had a mail sent. */
                    attempt?: string;
                    /**
                     * Format: email
                     * @description An address, known or not.
                     */
                    email: string;
                };
            };
        };
        responses: {
            /** @description Sign-in e-mail has been sent. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CodeMailedResponse"];
                };
            };
        };
    };
    postAuthLoginCodeCheck: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What a client without cookies got as `attempt` when it registered, or had a mail sent. */
                    attempt?: string;
                    /** @description The token of the mailed link. */
                    token: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmailCodeCheckResponse"];
                };
            };
        };
    };
    postAuthLoginCodeConfirm: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description What a client without cookies got as `attempt` when it registered, or had a mail sent. */
                    attempt?: string;
                    /** @description The 8 digits of the mail. */
                    code?: string;
                    /**
                     * Format: email
                     * @description That the mail went to, beside `code`; needed by none that has had one mail sent.
                     */
                    email?: string;
                    /** @description `false`: the session goes with the browser, and after a day without use. */
                    remember?: boolean;
                    /** @description `true`: a deleted account is had back, while it may be. */
                    restore?: boolean;
                    /** @description The token of the mailed link, in place of `code`. */
                    token?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginResponse"];
                };
            };
        };
    };
    postAuthLoginEnrolmentMail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description Of the answer `second_factor_enrolment_required`. Where it is missing, the cookie of the redirect flow counts. */
                    ticket?: string;
                };
            };
        };
        responses: {
            /** @description A code has been sent to your address. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DetailResponse"];
                };
            };
        };
    };
    postAuthLoginPasskeyBegin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description In place of both: whether who is signed in proves once more who they are. Said by who is signed in by a cookie; an access token says it by itself. */
                    reauthenticate?: boolean;
                    /** @description Of the answer `second_factor_required`: asks for a passkey of that user, beside the first factor. Empty: the ticket is in the cookie of the redirect flow. */
                    ticket?: string;
                    /** @description In place of `ticket`: of the mail that freezing has sent. Asks for a passkey of before, for `security/recover`. */
                    token?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyRequestResponse"];
                };
            };
        };
    };
    postAuthLoginPasskeyFinish: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What `PublicKeyCredential.toJSON()` gives; in a form the same as text. */
                    passkey: Record<string, never>;
                    /** @description `false`: the session goes with the browser, and after a day without use. */
                    remember?: boolean;
                    /** @description `true`: a deleted account is had back, while it may be. */
                    restore?: boolean;
                    /** @description Of the beginning. */
                    state: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginResponse"];
                };
            };
        };
    };
    postAuthLoginSecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description Of the authenticator, 6 digits; or a recovery code. */
                    code?: string;
                    /** @description What `PublicKeyCredential.toJSON()` gives; in a form the same as text. */
                    passkey?: Record<string, never>;
                    /** @description Of the beginning of a passkey's ceremony, beside `passkey`. */
                    state?: string;
                    /** @description Of the answer `second_factor_required`. Where it is missing, the cookie of the redirect flow counts. */
                    ticket?: string;
                    /** @description `true`: in this browser the user is asked for no second factor for a while. Of administrators, and without cookies, it counts for nothing. */
                    trust_device?: boolean;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginResponse"];
                };
            };
        };
    };
    postAuthLogout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description The refresh token, in body mode; otherwise the cookie brings it. */
                    refresh?: string;
                };
            };
        };
        responses: {
            /** @description Logged out */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DetailResponse"];
                };
            };
        };
    };
    postAuthLogoutAll: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description Whether the session that asks stays; it ends where this is absent. */
                    keep_current?: boolean;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogoutAllResponse"];
                };
            };
        };
    };
    getAuthMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserResponse"];
                };
            };
        };
    };
    putAuthMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description May be blank. */
                    first_name?: string;
                    /** @description May be blank. */
                    last_name?: string;
                    /** @description The language of mails, a tag of BCP 47; blank or null for the default. */
                    locale?: string;
                    /** @description Letters, digits and `@.+-_`; no address. */
                    username: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserResponse"];
                };
            };
        };
    };
    deleteAuthMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /**
                     * Format: password
                     * @description Of who has one; without it the sign-in was at most 10 minutes ago.
                     */
                    password?: string;
                };
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patchAuthMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description May be blank. */
                    first_name?: string;
                    /** @description May be blank. */
                    last_name?: string;
                    /** @description The language of mails, a tag of BCP 47; blank or null for the default. */
                    locale?: string;
                    /** @description Letters, digits and `@.+-_`; no address. */
                    username?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserResponse"];
                };
            };
        };
    };
    postAuthMeErase: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The token of the mailed link. */
                    token: string;
                };
            };
        };
        responses: {
            /** @description Your account is being erased. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DetailResponse"];
                };
            };
        };
    };
    getAuthMeEvents: {
        parameters: {
            query?: {
                /** @description from 1 on; 404 behind the last */
                page?: string;
                page_size?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ActivityResponse"];
                };
            };
        };
    };
    getAuthMeExport: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
        };
    };
    postAuthPasswordChange: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /**
                     * Format: password
                     * @description Not trimmed; no common one, and none made of the user's own data.
                     */
                    new_password?: string;
                    /**
                     * Format: password
                     * @description In place of `new_password`, together with `new_password2`.
                     */
                    new_password1?: string;
                    /**
                     * Format: password
                     * @description The same again.
                     */
                    new_password2?: string;
                    /**
                     * Format: password
                     * @description The password until now; not looked at where there is none.
                     */
                    old_password?: string;
                    /** @description The refresh token, in body mode; otherwise the cookie brings it. */
                    refresh?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasswordChangeResponse"];
                };
            };
        };
    };
    postAuthPasswordReset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What a client without cookies got as `attempt` when it registered, or had a mail sent. */
                    attempt?: string;
                    /**
                     * Format: email
                     * @description An address, known or not.
                     */
                    email: string;
                };
            };
        };
        responses: {
            /** @description Password reset e-mail has been sent. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CodeMailedResponse"];
                };
            };
        };
    };
    postAuthPasswordResetConfirm: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description What a client without cookies got as `attempt` when it registered, or had a mail sent. */
                    attempt?: string;
                    /** @description The 8 digits of the same mail. */
                    code?: string;
                    /**
                     * Format: email
                     * @description Together with `code`, in place of `token`.
                     */
                    email?: string;
                    /**
                     * Format: password
                     * @description Not trimmed; no common one, and none made of the user's own data.
                     */
                    new_password?: string;
                    /**
                     * Format: password
                     * @description In place of `new_password`, together with `new_password2`.
                     */
                    new_password1?: string;
                    /**
                     * Format: password
                     * @description The same again.
                     */
                    new_password2?: string;
                    /** @description The token of the mailed link. */
                    token?: string;
                };
            };
        };
        responses: {
            /** @description Password has been reset with the new password. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DetailResponse"];
                };
            };
        };
    };
    postAuthReauthenticate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description Of the authenticator, 6 digits; or a recovery code. With `provider`, what it sent the browser back with. */
                    code?: string;
                    /** @description Of the mail that `reauthenticate/mail/` sends, 8 digits. */
                    mail_code?: string;
                    /** @description What `PublicKeyCredential.toJSON()` gives; in a form the same as text. */
                    passkey?: Record<string, never>;
                    /**
                     * Format: password
                     * @description The password.
                     */
                    password?: string;
                    /** @description In place of `password`: a provider that is connected, with `code` and `state` of a begin whose `mode` was `reauthenticate`. */
                    provider?: string;
                    /** @description Of the beginning of a passkey's ceremony, beside `passkey`. With `provider`, of its begin. */
                    state?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReauthenticatedResponse"];
                };
            };
        };
    };
    postAuthReauthenticateMail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A code has been sent to your address. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DetailResponse"];
                };
            };
        };
    };
    postAuthRegister: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: email
                     * @description Where the link and the code are mailed.
                     */
                    email: string;
                    /** @description May be blank. */
                    first_name?: string;
                    /** @description Of the mailed link, for the `email` that it went to: where sign-up is closed the account is made all the same, and the address is verified. */
                    invitation?: string;
                    /** @description May be blank. */
                    last_name?: string;
                    /**
                     * Format: password
                     * @description Not trimmed; no common one, and none made of the user's own data.
                     */
                    password?: string;
                    /**
                     * Format: password
                     * @description In place of `password`, together with `password2`.
                     */
                    password1?: string;
                    /**
                     * Format: password
                     * @description The same again.
                     */
                    password2?: string;
                    /** @description Letters, digits and `@.+-_`; no address. */
                    username: string;
                };
            };
        };
        responses: {
            /** @description Registered. Please verify email. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegisteredResponse"];
                };
            };
        };
    };
    postAuthSecurityFreeze: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The token of the mailed link. */
                    token: string;
                };
            };
        };
        responses: {
            /** @description The account is frozen. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DetailResponse"];
                };
            };
        };
    };
    postAuthSecurityRecover: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Of who had a second factor before the change: a code of it, or a recovery code. */
                    code?: string;
                    /**
                     * Format: password
                     * @description Not trimmed; no common one, and none made of the user's own data.
                     */
                    new_password: string;
                    /** @description In place of `code`: What `PublicKeyCredential.toJSON()` gives; in a form the same as text. */
                    passkey?: Record<string, never>;
                    /** @description Of the beginning of a passkey's ceremony, beside `passkey`. */
                    state?: string;
                    /** @description The token of the mail that freezing has sent. */
                    token: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveredResponse"];
                };
            };
        };
    };
    postAuthSecurityReview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The token of the mailed link. */
                    token: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewResponse"];
                };
            };
        };
    };
    getAuthSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    postAuthSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description The refresh token, in body mode; otherwise the cookie brings it. */
                    refresh?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionResponse"];
                };
            };
        };
    };
    postAuthSessionWhy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description The refresh token, in body mode; otherwise the cookie brings it. */
                    refresh?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionEndResponse"];
                };
            };
        };
    };
    getAuthSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListedSessionResponse"][];
                };
            };
        };
    };
    deleteAuthSessionsId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the session's */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    postAuthSessionsDisown: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The token of the mailed link. */
                    token: string;
                };
            };
        };
        responses: {
            /** @description The session has ended. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DetailResponse"];
                };
            };
        };
    };
    postAuthSessionsDisownCheck: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The token of the mailed link. */
                    token: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DisownableSessionResponse"];
                };
            };
        };
    };
    getAuthSocial: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SocialProviderResponse"][];
                };
            };
        };
    };
    postAuthSocialProvider: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description What the provider sent the browser back with. Not with an `id_token`. */
                    code?: string;
                    /** @description The PKCE verifier whose S256 challenge went along to the provider: 43 to 128 characters. Not with a `state` of begin; Facebook needs none. */
                    code_verifier?: string;
                    /** @description Of native apps, in place of a code: the ID token of the system's own sign-in, with the `nonce` of a begin without a cookie. */
                    id_token?: string;
                    /** @description What the ID token must repeat, where one was sent along. */
                    nonce?: string;
                    /**
                     * Format: uri
                     * @description The page that the provider sent the browser back to, one of `Accounts__Social__RedirectUri`; the first where it is missing.
                     */
                    redirect_uri?: string;
                    /** @description `false`: the session goes with the browser, and after a day without use. */
                    remember?: boolean;
                    /** @description `true`: a deleted account is had back, while it may be. */
                    restore?: boolean;
                    /** @description The state of begin, in place of `code_verifier`. */
                    state?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginResponse"];
                };
            };
        };
    };
    deleteAuthSocialProvider: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    postAuthSocialProviderBegin: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description `sign_in`, `connect`, or `reauthenticate` for `POST /api/auth/reauthenticate/`; where it is missing, whoever is signed in connects. */
                    mode?: string;
                    /**
                     * Format: uri
                     * @description The page that the provider shall send the browser back to, one of `Accounts__Social__RedirectUri`; the first where it is missing.
                     */
                    redirect_uri?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SocialBeginResponse"];
                };
            };
        };
    };
    getAuthSocialProviderCallback: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    postAuthSocialProviderCallback: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description What it stands for is asked of the provider. */
                    code?: string;
                    /** @description Why there is no code. */
                    error?: string;
                    /** @description The same in words. */
                    error_description?: string;
                    /** @description The provider's name, where it says it. */
                    iss?: string;
                    /** @description Of the way out. */
                    state?: string;
                    /** @description Apple's, at the first sign-in alone: the person's name. */
                    user?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    postAuthSocialProviderConnect: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What the provider sent the browser back with. */
                    code: string;
                    /** @description The state of begin. */
                    state: string;
                };
            };
        };
        responses: {
            /** @description Google is connected. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DetailResponse"];
                };
            };
        };
    };
    getAuthSocialProviderLogin: {
        parameters: {
            query?: {
                next?: string[];
                restore?: string;
                transport?: string;
            };
            header?: never;
            path: {
                provider: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    getAuthSocialAccounts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SocialAccountResponse"][];
                };
            };
        };
    };
    postAuthSocialAppleNotices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description A token that Apple has signed. */
                    payload: string;
                };
            };
        };
        responses: {
            /** @description ok */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DetailResponse"];
                };
            };
        };
    };
    postAuthSocialComplete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: email
                     * @description The address that the account shall have.
                     */
                    email: string;
                    /** @description Of the answer `email_required`. Where it is missing, the cookie of the redirect flow counts. */
                    ticket?: string;
                };
            };
        };
        responses: {
            /** @description A mail is on its way. Its link shows a code. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DetailResponse"];
                };
            };
        };
    };
    postAuthSocialCompleteCode: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Of the mailed link. */
                    token: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SocialCodeResponse"];
                };
            };
        };
    };
    postAuthSocialCompleteConfirm: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The 6 digits that the mailed link shows. */
                    code: string;
                    /** @description `false`: the session goes with the browser, and after a day without use. */
                    remember?: boolean;
                    /** @description Of the answer `email_required`. Where it is missing, the cookie of the redirect flow counts. */
                    ticket?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginResponse"];
                };
            };
        };
    };
    getAuthSocialLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SocialLinkResponse"];
                };
            };
        };
    };
    postAuthSocialLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description In place of `password`: the 8 digits of `link/mail`; with `provider`, what it sent the browser back with. */
                    code?: string;
                    /** @description Of the answer `account_exists`. Where it is missing, the cookie of the redirect flow counts. */
                    link_token?: string;
                    /**
                     * Format: password
                     * @description The password of the account that exists.
                     */
                    password?: string;
                    /** @description In place of `password`: another provider that is connected to the account, with `code` and `state`. */
                    provider?: string;
                    /** @description `false`: the session goes with the browser, and after a day without use. */
                    remember?: boolean;
                    /** @description With `provider`: the state of begin. */
                    state?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginResponse"];
                };
            };
        };
    };
    postAuthSocialLinkMail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description Of the answer `account_exists`. Where it is missing, the cookie of the redirect flow counts. */
                    link_token?: string;
                };
            };
        };
        responses: {
            /** @description If this can be finished by mail, a code is on its way. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DetailResponse"];
                };
            };
        };
    };
    postAuthToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Belongs into the header, and is refused here. */
                    client_secret?: string;
                    /** @description `client_credentials`. */
                    grant_type: string;
                    /** @description Roles of the client, separated by spaces, where the token is to have no others; all of them where it is absent. */
                    scope?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MachineTokenResponse"];
                };
            };
        };
    };
    postAuthTokenRefresh: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description The refresh token, in body mode; otherwise the cookie brings it. */
                    refresh?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefreshResponse"];
                };
            };
        };
    };
    postAuthTokenRevoke: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description A refresh token, an access token, a session token or a personal token. */
                    token: string;
                    /** @description Which kind it is; not needed, for the token tells. */
                    token_type_hint?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmptyResponse"];
                };
            };
        };
    };
    postAuthTokenVerify: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description An access token. */
                    token: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmptyResponse"];
                };
            };
        };
    };
    getAuthTokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonalTokenResponse"][];
                };
            };
        };
    };
    postAuthTokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description How long it is good, in seconds: at most 366 days, and 30 days where it is absent. */
                    expires_in?: number;
                    /** @description What the token is called in the list. */
                    name: string;
                    /** @description Roles of the user that the token is to have; none where it is absent. It loses those that the user loses. */
                    roles?: string[];
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewPersonalTokenResponse"];
                };
            };
        };
    };
    deleteAuthTokensId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the token's */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getAuthVerifyEmail: {
        parameters: {
            query?: {
                /** @description the token of the link */
                token?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Email verified */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageResponse"];
                };
            };
        };
    };
    postAuthVerifyEmail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description What a client without cookies got as `attempt` when it registered, or had a mail sent. */
                    attempt?: string;
                    /** @description The 6 digits of the same mail. */
                    code?: string;
                    /**
                     * Format: email
                     * @description Together with `code`, in place of `token`.
                     */
                    email?: string;
                    /**
                     * Format: password
                     * @description Where a proof besides the link is asked for (`confirmation_required`); a new one where `check` says `password_needed`.
                     */
                    password?: string;
                    /** @description The token of the mailed link. */
                    token?: string;
                    /** @description With `HideExistingAccounts`, where `check` says `password_needed`, or in place of the name that was typed at first and has been taken meanwhile. */
                    username?: string;
                };
            };
        };
        responses: {
            /** @description Email verified */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageResponse"];
                };
            };
        };
    };
    postAuthVerifyEmailCheck: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What a client without cookies got as `attempt` when it registered, or had a mail sent. */
                    attempt?: string;
                    /** @description The token of the mailed link. */
                    token: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VerificationCheckResponse"];
                };
            };
        };
    };
    postAuthVerifyEmailReject: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The token of the mailed link. */
                    token: string;
                };
            };
        };
        responses: {
            /** @description The account has been deleted. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DetailResponse"];
                };
            };
        };
    };
    postAuthVerifyEmailResend: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What a client without cookies got as `attempt` when it registered, or had a mail sent. */
                    attempt?: string;
                    /**
                     * Format: email
                     * @description An address, known or not.
                     */
                    email: string;
                };
            };
        };
        responses: {
            /** @description ok */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CodeMailedResponse"];
                };
            };
        };
    };
    getHealthz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Healthy */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getReadyz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Healthy */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
