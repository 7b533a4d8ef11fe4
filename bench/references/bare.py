"""The ordinary way to build it: Flask-SocketIO on gunicorn's gevent worker.  An idea is inserted, then sent to the room.

    BYTES=850 FILE=/tmp/bare.db gunicorn --worker-class gevent --workers 1 --bind 127.0.0.1:8000 bench.references.bare:app

Stock but for what the comparison needs: WebSocket alone; compression and Nagle's delay are off (no client asks for the one,
gunicorn ends the other).  *BYTES* is the size of the event that the product sends for one idea.
"""
import os
import sqlite3

from flask import Flask, request
from flask_socketio import SocketIO, join_room

app = Flask(__name__)
socketio = SocketIO(app, async_mode="gevent", async_handlers=False, transports=["websocket"], ping_interval=20, ping_timeout=20)
BYTES = int(os.environ["BYTES"])
ROOMS: dict[str, str] = {}

table = sqlite3.connect(os.environ["FILE"], isolation_level=None, check_same_thread=False)
table.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; CREATE TABLE idea (id TEXT PRIMARY KEY, room TEXT, text TEXT);"
                    "CREATE TABLE ballot (person TEXT PRIMARY KEY, dots TEXT)")


@app.get("/")
def page():
    return "<!doctype html><title>Room</title>" + "<p>An ordinary page.</p>" * 400


@socketio.on("connect")
def connect(auth):
    ROOMS[request.sid] = auth["room"]
    join_room(auth["room"])


@socketio.on("disconnect")
def disconnect(reason):
    ROOMS.pop(request.sid, None)


@socketio.on("idea")
def idea(message):
    room = ROOMS[request.sid]
    table.execute("INSERT INTO idea VALUES (?, ?, ?)", (message["idea"], room, message["text"]))
    html = message["text"].ljust(BYTES - 150)
    socketio.emit("patch", {"regions": [{"id": "flip-chart", "was": 1, "seq": 2, "put": [[message["idea"], html, None]], "drop": []}]}, to=room)
    return {"ok": True}


@socketio.on("ballot")
def ballot(message):
    table.execute("INSERT OR REPLACE INTO ballot VALUES (?, ?)", (request.sid, str(message["dots"])))
    return {"ok": True}
