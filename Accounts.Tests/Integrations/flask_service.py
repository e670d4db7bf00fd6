"""A service of Flask, for the tests. Settings come as JSON in SETTINGS."""

import json
import os

from accounts_flask import Accounts, token_required
from flask import Flask, g

app = Flask(__name__)
app.config.update({f"ACCOUNTS_{name.upper()}": value for name, value in json.loads(os.environ["SETTINGS"]).items()})
Accounts(app)


@app.get("/whoami")
@token_required
def whoami():
    return {"user": g.user["sub"], "roles": g.user["roles"]}


def route(path, **demand):
    app.add_url_rule(path, path, token_required(**demand)(lambda: {"user": g.user["sub"], "roles": g.user["roles"]}))


route("/editors", roles=["editor"])
route("/either", roles=["owner", "editor"])
route("/payouts", acr="aal2", max_age=300)
route("/strong", acr="aal2")
route("/fresh", max_age=300)
route("/transfers", live=True)
route("/audits", roles=["auditor"], live=True)
route("/jobs", machine=True)
route("/invoices", roles=["invoices"], machine=True)
route("/signed-jobs", machine=True, max_age=300)
route("/live-jobs", machine=True, live=True)



@app.get("/following")
def following():
    return {"following": app.extensions["accounts"].following}


app.run("127.0.0.1", int(os.environ["PORT"]), threaded=True)
