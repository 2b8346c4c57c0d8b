// response.formData() of bodies that are and are not forms, with the cause that is told, and what
// Request refuses.
const attempt = async (label, body, type = 'multipart/form-data; boundary=x') => {
  try {
    const form = await new Response(body, { headers: { 'content-type': type } }).formData();
    console.log(label, JSON.stringify([...form].map(([k, v]) => [k, typeof v === 'string' ? v : [v.name, v.type, v.size]])));
  } catch (e) {
    console.log(label, e.name, e.message, e.cause && `${e.cause.name}: ${e.cause.message}`);
  }
};
const head = 'content-disposition: form-data; name="a"';
(async () => {
  await attempt('text', 'ab');
  for (const s of ['--x', '--x--', '--x--\r\n', '\r\n--x--', '--y--', '']) await attempt(JSON.stringify(s), s);
  await attempt('one', `--x\r\n${head}\r\n\r\nq\r\n--x--`);
  await attempt('no end', `--x\r\n${head}\r\n\r\nq`);
  await attempt('no name', '--x\r\nfoo: bar\r\n\r\nq\r\n--x--');
  await attempt('open quote', `--x\r\n${head}; filename="\r\n\r\nq\r\n--x--`);
  await attempt('no empty line', `--x\r\n${head}\r\nq\r\n--x--`);
  await attempt('file', `--x\r\n${head}; filename="f%22%0D.txt"\r\ncontent-type: a/b; c=d\r\n\r\n\r\n--x--`);
  await attempt('kind', '--x\r\ncontent-disposition: attachment; name="a"\r\n\r\nq\r\n--x--');
  await attempt('line feeds', `--x\n${head}\n\nq\n--x--`);
  await attempt('base64', `--x\r\n${head}\r\ncontent-transfer-encoding: base64\r\n\r\ncQ==\r\n--x--`);
  await attempt('bad header', `--x\r\n${head}\r\na b: c\r\n\r\nq\r\n--x--`);
  await attempt('empty boundary', 'q', 'multipart/form-data; boundary=');
  await attempt('no boundary', 'q', 'multipart/form-data');
  await attempt('urlencoded', 'a=%zz&b', 'application/x-www-form-urlencoded; charset=x');
  await attempt('other', 'a', 'text/plain');
  for (const init of [{ referrer: 'x' }, { referrer: '' }, { referrer: 'about:client' }, { referrer: 'http://h/p#f' }, { duplex: 'x' }, { duplex: 'half' }, { method: 'POST', body: new ReadableStream() }]) {
    try {
      const r = new Request('http://h/', init);
      console.log(r.referrer, r.duplex);
    } catch (e) {
      console.log(e.name, e.message, e.cause?.code);
    }
  }
  for (const make of [() => new URL('x'), () => new URL('x', 'y'), () => { new URL('http://h').href = 'x'; }, () => new WebSocket('x')]) {
    try {
      make();
    } catch (e) {
      console.log(String(e), e.code, e.stack.split('\n')[0]);
    }
  }
})();
