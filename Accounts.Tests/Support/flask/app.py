"""An app as tutorials teach it, for the tests of moving: Flask-SQLAlchemy's table of users, Werkzeug's hashes, and tokens as Flask-JWT-Extended makes them."""

import json
import os
import uuid
from datetime import datetime, timedelta, timezone

import jwt
from flask import Flask, jsonify, request
from flask_sqlalchemy import SQLAlchemy
from werkzeug.security import check_password_hash, generate_password_hash

COOKIE = "refresh_token_cookie"
PASSWORD = "old secret phrase 1"
# Werkzeug makes it from 2.3 on: hash-vectors.tsv.
SCRYPT = (
    "scrypt:32768:8:1$saltsaltsalt1234$8062a71d027b938f6e5875c89d586a0fd4861d322f5323576e7a3d9d98c6b5"
    "ff3fc667f167e0d9ac8aed7f9f4970adbf1effcc26413f356b3044179de468ff32"
)

app = Flask(__name__, instance_path=os.environ["INSTANCE"])
app.config["SECRET_KEY"] = os.environ.get("SECRET_KEY", "what the old app has signed its tokens with, long enough")
app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite:///project.db"
db = SQLAlchemy(app)


class User(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    username = db.Column(db.String(80), unique=True, nullable=False)
    email = db.Column(db.String(120), unique=True, nullable=False)
    password_hash = db.Column(db.String(256))
    confirmed = db.Column(db.Boolean, default=False, nullable=False)
    is_admin = db.Column(db.Boolean, default=False, nullable=False)
    created_at = db.Column(db.DateTime, nullable=False)


def token(user, kind, life):
    now = datetime.now(timezone.utc)
    claims = {"fresh": False, "iat": now, "jti": str(uuid.uuid4()), "type": kind, "sub": str(user.id), "nbf": now, "exp": now + life}
    return jwt.encode(claims, app.config["SECRET_KEY"], algorithm="HS256")


def refresh_token(user):
    return token(user, "refresh", timedelta(days=30))


def bearer_of(text, kind):
    try:
        claims = jwt.decode(text, app.config["SECRET_KEY"], algorithms=["HS256"])
    except jwt.InvalidTokenError:
        return None
    return db.session.get(User, int(claims["sub"])) if claims["type"] == kind else None


@app.after_request
def cross_origin(response):
    response.headers["Access-Control-Allow-Origin"] = request.headers.get("Origin", "*")
    response.headers["Access-Control-Allow-Credentials"] = "true"
    response.headers["Access-Control-Allow-Headers"] = "authorization, content-type"
    return response


@app.post("/api/auth/login/")
def login():
    user = User.query.filter_by(username=request.json.get("username")).first()
    if user is None or not check_password_hash(user.password_hash or "", request.json.get("password", "")):
        return jsonify(detail="Bad username or password"), 401
    response = jsonify(access=token(user, "access", timedelta(minutes=15)), user={"username": user.username})
    response.set_cookie(COOKIE, refresh_token(user), max_age=30 * 24 * 3600, httponly=True, samesite="Lax")
    return response


@app.post("/api/auth/token/refresh/")
def refresh():
    user = bearer_of(request.cookies.get(COOKIE, ""), "refresh")
    return (jsonify(access=token(user, "access", timedelta(minutes=15))), 200) if user else (jsonify(detail="Token has expired"), 401)


@app.get("/api/auth/me/")
def me():
    user = bearer_of(request.headers.get("Authorization", "").removeprefix("Bearer "), "access")
    return (jsonify(id=user.id, username=user.username, email=user.email), 200) if user else (jsonify(detail="Missing token"), 401)


@app.cli.command("seed")
def seed():
    """Users of every hash and state, and what the tests have to know of them, as JSON on standard output."""
    db.create_all()
    hashes = {
        "pbkdf2.sha256": generate_password_hash(PASSWORD, "pbkdf2:sha256:20000"),
        "pbkdf2.sha1": generate_password_hash(PASSWORD, "pbkdf2:sha1:1000"),
        "pbkdf2.default": generate_password_hash(PASSWORD),
        "scrypt": SCRYPT,
    }
    users = [User(username=name, password_hash=made, confirmed=True) for name, made in hashes.items()]
    users += [
        User(username="root", password_hash=hashes["pbkdf2.sha1"], confirmed=True, is_admin=True),
        User(username="unconfirmed", password_hash=hashes["pbkdf2.sha1"]),
        User(username="unconfirmed.root", password_hash=hashes["pbkdf2.sha1"], is_admin=True),
        User(username="nobody", password_hash=None, confirmed=True),
    ]
    for user in users:
        user.email, user.created_at = f"{user.username}@example.test", datetime(2019, 5, 4, 3, 2, 1, 654321)
    db.session.add_all(users)
    db.session.commit()
    print(json.dumps({"password": PASSWORD, "keys": {user.username: str(user.id) for user in users}, "tokens": {user.username: refresh_token(user) for user in users}}))
