// What pages share that sign somebody in: the client, and its answers as those of other requests.

import { AccountsError, createAccounts } from '/accounts.js';

export const accounts = createAccounts();

// A step that is left to do is no session yet, and so no success.
export async function tried(act) {
  try {
    const body = await act;
    return body?.step ? { ok: false, status: 403, body: { ...body, code: body.step } } : { ok: true, status: 200, body };
  } catch (error) {
    if (error instanceof AccountsError) return { ok: false, status: error.status, body: bodyOf(error) };
    // The browser asked for a passkey, and its user thought better of it.
    if (error instanceof DOMException) return { ok: false, dismissed: true, status: 400, body: { code: 'dismissed' } };
    throw error;
  }
}

// A field may be named `code`, too.
const bodyOf = ({ code, body, retryAfter }) => (code === 'invalid' ? body : { ...body, code, retry_after: retryAfter });
