// Learns from Accounts which sessions have ended, so that their tokens are refused before they are over.
const [wait, page, longestPause] = [15, 1000, 10];

const sleep = seconds => new Promise(done => { setTimeout(done, seconds * 1000).unref(); });

/** What has ended lately, in memory until no such token lives. `read` asks Accounts for a path, until the signal ends it; `report` is told when it is lost. */
export function followEnded(read, report) {
  const [sessions, users] = [new Map(), new Map()];
  let [following, isClosed, nextPurge, asking, tried] = [false, false, 0, undefined, undefined];
  const first = new Promise(done => { tried = done; });
  const ready = Promise.race([first, sleep(1)]);

  function take(entries) {
    for (const entry of entries) {
      const until = Date.parse(entry.until);
      if (entry.sid) {
        sessions.set(entry.sid, until);
      } else {
        const known = users.get(entry.user_id) ?? { below: -1, until: 0 };
        users.set(entry.user_id, { below: Math.max(known.below, entry.below), until: Math.max(known.until, until) });
      }
    }
    const now = Date.now();
    if (now < nextPurge) return;
    nextPurge = now + 60_000;
    for (const [sid, until] of sessions) if (until <= now) sessions.delete(sid);
    for (const [user, known] of users) if (known.until <= now) users.delete(user);
  }

  async function ask(cursor) {
    asking = new AbortController();
    let timer;
    const late = new Promise((_, fail) => { timer = setTimeout(() => fail(new Error('There is no answer.')), (wait + 5) * 1000); });
    try {
      return await Promise.race([read(`/api/auth/ended-sessions/?after=${cursor}&wait=${wait}`, asking.signal), late]);
    } finally {
      clearTimeout(timer);
      asking.abort();
    }
  }

  async function follow() {
    let [cursor, pause, isKnown] = ['kept', 1, true];
    while (!isClosed) {
      const began = Date.now();
      try {
        const told = await ask(cursor);
        take(told.ended);
        [cursor, pause] = [told.cursor, 1];
        // There is more, which has ended as well.
        if (told.ended.length >= page) continue;
        [following, isKnown] = [true, true];
        tried();
        // Who doesn't wait is not asked all the time.
        if (told.ended.length === 0 && Date.now() - began < 1000) await sleep(1);
      } catch (error) {
        if (isClosed) break;
        if (error.status === 410) cursor = 'kept';
        if (isKnown) report(new Error("What ends at Accounts isn't known now, and tokens are good until they are over.", { cause: error }));
        [following, isKnown] = [false, false];
        tried();
        await sleep(pause * (0.5 + Math.random() / 2));
        pause = Math.min(2 * pause, longestPause);
      }
    }
    following = false;
  }

  follow();
  return {
    get following() { return following; },
    async has(claims) {
      await ready;
      return sessions.has(claims.sid) || (claims.ver ?? -1) < (users.get(claims.user_id)?.below ?? -1);
    },
    close() {
      isClosed = true;
      asking?.abort();
    },
  };
}
