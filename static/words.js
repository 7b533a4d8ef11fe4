/** *sentence* with what stands for each %(name)s in it. */
export const worded = (sentence, values) => sentence.replace(/%\((\w+)\)s/g, (_, name) => values[name]);
