// Node's socket.io doing the same as bare.py, but for the disk: a line is appended to a file and not waited for.
//   BYTES=850 FILE=/tmp/node.txt node node.mjs PORT
import { createWriteStream } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";

const { Server } = createRequire(`${process.cwd()}/`)("socket.io");
const size = Number(process.env.BYTES);
const file = createWriteStream(process.env.FILE, { flags: "a" });
const http = createServer((request, response) => response.end("<!doctype html><title>Room</title>"));
const io = new Server(http, { transports: ["websocket"], pingInterval: 20000, pingTimeout: 20000, perMessageDeflate: false });

io.on("connection", (socket) => {
  const room = socket.handshake.auth.room;
  socket.join(room);
  socket.on("idea", (idea, answer) => {
    file.write(`${JSON.stringify(idea)}\n`);
    answer({ ok: true });
    const put = [[idea.idea, idea.text.padEnd(size - 150), null]];
    io.to(room).emit("patch", { regions: [{ id: "flip-chart", was: 1, seq: 2, put, drop: [] }] });
  });
  socket.on("ballot", (ballot, answer) => {
    file.write(`${JSON.stringify(ballot)}\n`);
    answer({ ok: true });
  });
});
http.listen(Number(process.argv[2]), "127.0.0.1", 2048);
