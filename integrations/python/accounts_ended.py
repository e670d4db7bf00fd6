"""Learns from Accounts which sessions have ended, so that their tokens are refused before they are over. Copy this file beside accounts_tokens.py."""

from __future__ import annotations

import logging
import os
import random
import threading
import time
from datetime import datetime

log = logging.getLogger("accounts")

WAIT, PAGE, LONGEST_PAUSE = 15, 1000, 10


class Ended:
    """What has ended lately, in memory until no such token lives. A thread follows it, in each process from its first question on.

    read: asks Accounts for a path, within so many seconds
    """

    def __init__(self, read):
        self.read, self.knows, self.process, self.lock = read, False, None, threading.Lock()
        self.sessions, self.users, self.next_purge = {}, {}, 0

    @property
    def following(self):
        """Whether what ends is known within a second or so; while it isn't, tokens are good until they are over."""
        return self.knows and self.process == os.getpid()

    def has(self, claims):
        if self.process != os.getpid():
            self.start()
        self.tried.wait(self.patient_until - time.monotonic())
        below, _ = self.users.get(claims.get("user_id"), (-1, 0))
        return claims.get("sid") in self.sessions or claims.get("ver", -1) < below

    def start(self):
        with self.lock:
            if self.process != os.getpid():  # A thread doesn't come along into a process that is forked.
                self.tried, self.knows, self.patient_until = threading.Event(), False, time.monotonic() + 1
                threading.Thread(target=self.follow, name="accounts-ended", daemon=True).start()
                self.process = os.getpid()

    def follow(self):
        cursor, pause = "kept", 1
        while True:
            began = time.monotonic()
            try:
                told = self.read(f"/api/auth/ended-sessions/?after={cursor}&wait={WAIT}", WAIT + 5)
                self.take(told["ended"])
                cursor, pause, is_idle = told["cursor"], 1, not told["ended"]
                if len(told["ended"]) >= PAGE:
                    continue  # There is more, which has ended as well.
                if not self.knows:
                    log.info("What ends at Accounts is followed.")
                self.knows = True
                self.tried.set()
                if is_idle and time.monotonic() - began < 1:
                    time.sleep(1)  # Who doesn't wait is not asked all the time.
            except Exception as error:
                if getattr(error, "code", None) == 410:
                    cursor = "kept"
                if self.knows or not self.tried.is_set():
                    log.warning("What ends at Accounts isn't known now, and tokens are good until they are over: %s", error)
                self.knows = False
                self.tried.set()
                time.sleep(pause * random.uniform(0.5, 1))
                pause = min(2 * pause, LONGEST_PAUSE)

    def take(self, entries):
        for entry in entries:
            until = datetime.fromisoformat(entry["until"].replace("Z", "+00:00")).timestamp()
            if "sid" in entry:
                self.sessions[entry["sid"]] = until
            else:
                below, later = self.users.get(entry["user_id"], (-1, 0))
                self.users[entry["user_id"]] = (max(below, entry["below"]), max(later, until))
        now = time.time()
        if now >= self.next_purge:
            self.sessions = {sid: until for sid, until in self.sessions.items() if until > now}
            self.users = {user: told for user, told in self.users.items() if told[1] > now}
            self.next_purge = now + 60
