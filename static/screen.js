// The screen: it only looks.
import "./clock.js";
import "./status.js";
