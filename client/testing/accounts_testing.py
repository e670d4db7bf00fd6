"""For the tests of an app that uses an Accounts server which ./run has started. How to use it: docs/testing.md."""

import base64
import datetime
import hashlib
import hmac
import http.cookies
import json
import os
import re
import time
import urllib.error
import urllib.parse
import urllib.request

POLL, PATIENCE, STEP = 0.1, 10, 30


class TestingError(Exception):
    """Says in its message what to do."""

    __test__ = False

    def __init__(self, message, status=None, body=None):
        super().__init__(message)
        self.status, self.body = status, body


class Record(dict):
    """A dictionary whose members are attributes, too; what is not there is None."""

    __getattr__ = dict.get


class Testing:
    __test__ = False

    def __init__(self, base_url="http://localhost:8000", since=None):
        parts = urllib.parse.urlsplit(base_url)
        self.origin = f"{parts.scheme}://{parts.netloc}"
        # Mails of before are of other tests; the mailbox keeps them.
        self.since = since or datetime.datetime.now(datetime.timezone.utc)
        self.provider = Provider(self)
        self._seen = set()
        # No proxy is asked for what is on this machine.
        self._http = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def user(self, sign_in=False, **fields):
        """username, email, password, first_name, last_name, verified, roles, totp; what is not said is nobody else's."""
        made = self._tool("user", fields)
        if made.totp_secret:
            made["authenticator"] = Authenticator(made.totp_secret)
        if sign_in:
            made.update(self._session(made))
        return made

    def _session(self, user):
        status, body, headers = self._call("POST", "/api/auth/login/", {"email": user.email, "password": user.password})
        if status == 403 and body.code == "second_factor_required" and user.authenticator:
            proof = {"ticket": body.ticket, "code": user.authenticator.code()}
            status, body, headers = self._call("POST", "/api/auth/login/second-factor/", proof)
        if status != 200:
            raise refused("The user is there, and could not sign in", status, body)
        return {"access": body.access, "cookies": [cookie for text in headers.get_all("Set-Cookie", []) for cookie in self._cookies(text)]}

    def _cookies(self, text):
        """As add_cookies of Playwright takes them."""
        for name, cookie in http.cookies.SimpleCookie(text).items():
            same_site = (cookie["samesite"] or "Lax").capitalize()
            yield {"name": name, "value": cookie.value, "url": self.origin, "httpOnly": bool(cookie["httponly"]), "sameSite": same_site}

    def mail(self, to, subject=None, timeout=PATIENCE):
        """Waits for the next mail; each is given once, in the order in which they come. subject: a part of it, or a pattern."""
        to = to if isinstance(to, str) else to["email"]
        deadline = time.monotonic() + timeout
        while True:
            mails = [mail for mail in self._mails() if mail.to.lower() == to.lower() and mail.id not in self._seen and moment(mail.sent_at) >= self.since]
            found = next((mail for mail in mails if fits(mail.subject, subject)), None)
            if found:
                self._seen.add(found.id)
                return read_mail(found)
            if time.monotonic() > deadline:
                others = ", ".join(f'"{mail.subject}"' for mail in mails)
                raise TestingError(
                    f"No mail {f'about {subject} ' if subject else ''}came to {to} within {timeout} s. "
                    + (f"There are others: {others}." if others else "There is none. Look at /dev/mailbox, and at what the server logs: a limit may hold mails back."))
            time.sleep(POLL)

    def _mails(self):
        status, body, _ = self._call("GET", "/dev/mailbox.json")
        if status == 404:
            raise self._absent("The mailbox", " Mail goes there only where Accounts__Mail__SmtpUrl is not set.")
        if status != 200:
            raise refused("The mailbox", status, body)
        return [Record(mail) for mail in reversed(body)]

    def age(self, by, user=None):
        """By "20m", "36h", "15d", or seconds; for one user, or for all."""
        return self._tool("age", {"by": by, **named(user)})

    @staticmethod
    def authenticator(secret):
        return Authenticator(secret if isinstance(secret, str) else secret["totp_secret"])

    def replay_stolen_token(self, of=None, refresh_token=None):
        """of: a user, or Playwright's context or page of their browser."""
        context = of.context if hasattr(of, "context") and not isinstance(of, dict) else of
        if hasattr(context, "cookies") and not isinstance(context, dict):
            cookies = [cookie for cookie in context.cookies(self.origin) if re.fullmatch(r"(__Host-)?refresh_token(_partitioned)?", cookie["name"])]
            if not cookies:
                raise TestingError(f"This browser has no refresh token of {self.origin}: nobody is signed in there.")
            refresh_token = cookies[0]["value"]
        return self._tool("replay", {"refresh_token": refresh_token} if refresh_token else named(of))

    def _tool(self, name, fields):
        status, body, _ = self._call("POST", f"/dev/testing/{name}/", fields)
        if status == 404:
            raise self._absent(f"/dev/testing/{name}/")
        if status >= 400:
            raise refused(f"/dev/testing/{name}/", status, body)
        return body

    def _call(self, method, path, fields=None):
        """Overloaded, it says so: then once more."""
        for attempt in range(4):
            status, text, headers = self._send(method, path, fields)
            if status != 503 or attempt == 3:
                break
            time.sleep(1)
        try:
            body = json.loads(text)
        except ValueError:
            body = {}
        return status, Record(body) if isinstance(body, dict) else body, headers

    def _send(self, method, path, fields):
        request = urllib.request.Request(self.origin + path, method=method, headers={"Accept": "application/json"})
        if fields is not None:
            request.data = json.dumps({name: value for name, value in fields.items() if value is not None}).encode()
            request.add_header("Content-Type", "application/json")
        try:
            with self._http.open(request, timeout=60) as answer:
                return answer.status, answer.read(), answer.headers
        except urllib.error.HTTPError as answer:
            with answer:
                return answer.code, answer.read(), answer.headers
        except OSError as cause:
            raise TestingError(f"No server answers at {self.origin}. Start Accounts by ./run, or say Testing(base_url).") from cause

    def _absent(self, what, more=""):
        return TestingError(
            f"{what} is not there: what answers at {self.origin} is no Accounts server in Development, with a PostgreSQL of its own, on this machine. "
            f"Start it by ./run; with another database set Accounts__Dev__Tools=true; and ask for localhost.{more}", 404)


class Provider:
    def __init__(self, testing):
        self._testing = testing

    def next(self, how, **person):
        """verified, authoritative, unverified_email, no_email, declined, unavailable; id, email, first_name, last_name."""
        return self._testing._tool("provider", {"next": how, **person})

    def reset(self):
        return self._testing._tool("provider", {"next": "page"})


class Authenticator:
    """
    An app on somebody's telephone (RFC 6238). The server takes the code of a step once, and none of an earlier one; it takes
    the next step's a little early. So a second code is that one, and for a third there is a wait.
    """

    _spent = {}

    def __init__(self, secret):
        letters = re.sub(r"[\s=-]", "", secret.upper())
        self._seed = base64.b32decode(letters + "=" * (-len(letters) % 8))

    def code(self):
        step = max(int(time.time()) // STEP, self._spent.get(self._seed, 0) + 1)
        self._spent[self._seed] = step
        while step > int(time.time()) // STEP + 1:
            time.sleep(max((step - 1) * STEP - time.time(), 0) + 0.05)
        mac = hmac.new(self._seed, step.to_bytes(8, "big"), hashlib.sha1).digest()
        at = mac[19] & 15
        return f"{(int.from_bytes(mac[at:at + 4], 'big') & 0x7fffffff) % 1_000_000:06}"


def named(whose):
    if isinstance(whose, str):
        return {"email": whose} if "@" in whose else {"user_id": whose}
    return {} if whose is None else {"user_id": whose["id"]} if whose.get("id") else {"email": whose["email"]}


def refused(what, status, body):
    body = body if isinstance(body, dict) else {}
    fields = "; ".join(f"{name}: {' '.join(said)}" for name, said in body.items() if isinstance(said, list))
    hint = " For tests, start the server with Accounts__Throttling__Enabled=false." if body.get("code") == "throttled" else ""
    return TestingError(f"{what}: {status} {body.get('detail') or fields}{hint}", status, body)


def fits(text, subject):
    return subject is None or (subject in text if isinstance(subject, str) else subject.search(text) is not None)


def moment(text):
    """Of Python 3.8, too, which reads neither Z nor seven digits."""
    whole, _, fraction = text.rstrip("Z").partition(".")
    return datetime.datetime.fromisoformat(f"{whole}.{fraction[:6].ljust(6, '0')}+00:00")


def read_mail(mail):
    links = re.findall(r"https?://\S+", mail.text)
    tokens = [found[1] for found in (re.search(r"[?#&](?:token|invitation)=([^&\s]+)", link) for link in links) if found]
    code = re.search(r"\b\d{6}(?:\d{2})?\b", re.sub(r"https?://\S+", "", mail.text))
    return Record(mail, link=links[0] if links else None, links=links, token=tokens[0] if tokens else None, code=code[0] if code else None)


try:
    import pytest
except ImportError:
    pass
else:
    @pytest.fixture
    def accounts():
        """The server at ACCOUNTS_URL, or at http://localhost:8000. Import it in conftest.py."""
        return Testing(os.environ.get("ACCOUNTS_URL", "http://localhost:8000"))
