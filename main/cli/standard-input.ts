/** Standard input to its end, or as much of it as shows that it has more than `max` characters. */
export async function readStandardInput(max: number): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of process.stdin) {
    const bytes = Buffer.from(chunk);
    chunks.push(bytes);
    length += bytes.length;
    // A character has at most four bytes.
    if (length > max * 4) break;
  }
  return Buffer.concat(chunks).toString("utf8");
}
