/** How many characters a line of the printer holds. */
export const WIDTH = 24;

/**
 * Return the lines of a label: the code, and the address wrapped at blanks.
 * @param {string} code
 * @param {string} address
 * @returns {string[]}
 */
export function label(code, address) {
  const lines = [code];
  let line = "";
  for (const word of address.split(" ")) {
    const longer = line ? `${line} ${word}` : word;
    if (longer.length > WIDTH && line) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}
