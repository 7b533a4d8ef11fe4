/** *sentence* with what stands for each %(name)s in it. */
export const worded = (sentence, values) => sentence.replace(/%\((\w+)\)s/g, (_, name) => values[name]);
/** *text* as the server keeps it: white space folded, line by line. */
export const folded = (text) => text.split("\n").map((line) => line.trim().split(/\s+/).join(" ")).join("\n").trim();
