"""The tests of somebody's app, by the module that they would have for them."""

import json
import pathlib
import re
import sys
import urllib.error
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).parents[3] / "client/testing"))
sys.dont_write_bytecode = True

from accounts_testing import Testing, TestingError  # noqa: E402

BASE = sys.argv[1]
accounts = Testing(BASE)


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def ask(path, body=None, access=None, cookies=(), method=None):
    request = urllib.request.Request(BASE + path, method=method or ("POST" if body else "GET"), data=json.dumps(body).encode() if body else None)
    request.add_header("Content-Type", "application/json")
    request.add_header("Cookie", "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in cookies))
    if access:
        request.add_header("Authorization", f"Bearer {access}")
    try:
        answer = urllib.request.build_opener(urllib.request.ProxyHandler({}), Stay).open(request)
    except urllib.error.HTTPError as refusal:
        answer = refusal
    text = answer.read()
    return answer.status, json.loads(text) if text else None, answer.headers


def refused(act, pattern):
    try:
        act()
    except TestingError as error:
        assert re.search(pattern, str(error)), error
    else:
        raise AssertionError(f"It was not refused: {pattern}")


def test_time_passes():
    ann = accounts.user(roles=["editor"], sign_in=True)
    assert ask("/api/auth/me/", access=ann.access)[1]["roles"] == ["editor"]
    accounts.age("20m", user=ann)
    assert ask("/api/auth/me/", access=ann.access)[1]["reason"] == "expired"
    fresh = ask("/api/auth/token/refresh/", cookies=ann.cookies, method="POST")[1]
    assert ask("/api/auth/me/", access=fresh["access"])[0] == 200
    accounts.age("15d", user=ann)
    assert ask("/api/auth/session/", cookies=ann.cookies, method="POST")[1] == {"user": None, "reason": "expired"}


def test_mails_come():
    bob = accounts.user(verified=False)
    mail = accounts.mail(bob, subject="Verify your email")
    assert re.fullmatch(r"\d{6}", mail.code) and mail.token in mail.link
    assert ask("/api/auth/verify-email/", {"token": mail.token})[0] == 200
    refused(lambda: accounts.mail(bob.email, subject=re.compile("Hello"), timeout=0.2), "No mail about .* There is none")


def test_second_factor():
    ann = accounts.user(totp=True, sign_in=True)
    asked = ask("/api/auth/login/", {"email": ann.email, "password": ann.password})[1]
    code = accounts.authenticator(ann).code()
    assert ask("/api/auth/login/second-factor/", {"ticket": asked["ticket"], "code": code})[0] == 200


def test_provider():
    accounts.provider.next("declined")
    begun = ask("/api/auth/social/fake/begin/", method="POST")[1]
    assert "error=access_denied" in ask(begun["authorization_url"].removeprefix(BASE))[2]["Location"]
    accounts.provider.next("no_email", first_name="Nora")
    accounts.provider.reset()


def test_thief():
    class Context:
        def __init__(self, cookies):
            self.cookies = lambda _: cookies

    ann, bob = accounts.user(sign_in=True), accounts.user(sign_in=True)
    assert accounts.replay_stolen_token(Context(ann.cookies)).reason == "reused"
    assert "203.0.113.66" in accounts.mail(ann, subject="We ended one of your sessions").text
    accounts.replay_stolen_token(bob)
    for user in ann, bob:
        assert ask("/api/auth/session/", cookies=user.cookies, method="POST")[1] == {"user": None, "reason": "revoked"}
    refused(lambda: accounts.replay_stolen_token(Context([])), "nobody is signed in there")


def test_what_cannot_be():
    refused(lambda: accounts.user(password="password"), r"/dev/testing/user/: 400 password: This password is too common\.")
    refused(lambda: accounts.age("soon"), "by: Write how long")
    refused(lambda: Testing("http://localhost:1").user(), r"No server answers at http://localhost:1\. Start Accounts by \./run")


for name, test in list(globals().items()):
    if name.startswith("test_"):
        test()
        print(name)
