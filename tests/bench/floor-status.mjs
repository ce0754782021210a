// The bare floor of `plimsoll status`: a plain script that fetches the same answers, parses them and prints them.
// Plain JavaScript, so that no type stripping is counted against it.
const [ports = "[]", count = "1"] = process.argv.slice(2);
const list = JSON.parse(ports);
const answers = await Promise.all(
  Array.from({ length: Number(count) }, async (_, index) => {
    const response = await fetch(`http://127.0.0.1:${list[index % list.length]}/g${index}/quota`, {
      headers: { authorization: "Bearer bench-key-0123456789" },
    });
    return response.json();
  }),
);
console.log(JSON.stringify(answers, null, 2));
