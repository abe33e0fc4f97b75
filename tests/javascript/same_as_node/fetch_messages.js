// Headers, Request, Response and FormData without a network.
const told = (name, action) => {
  try { console.log(name, action()); } catch (error) { console.log(name, error.name, error.message); }
};
const headers = new Headers({ 'Content-Type': 'text/plain', 'X-B': '2' });
headers.append('x-a', ' 1 ');
headers.append('X-A', 'again');
console.log([...headers], headers.get('X-a'), headers.has('none'), headers.get('none'));
headers.delete('x-b');
headers.set('x-a', 'only');
console.log([...headers.keys()], [...headers.values()]);
headers.forEach((value, name) => console.log(name, value));
console.log([...new Headers([['b', '1'], ['a', '2']]).entries()]);
told('name', () => new Headers({ 'a b': 'c' }));
told('value', () => headers.set('a', 'b\nc'));
told('fixed', () => Response.error().headers.set('a', 'b'));

const request = new Request('http://example.org/a?b=c', { method: 'post', body: '{"x":1}', headers: { 'content-type': 'application/json' } });
console.log(request.method, request.url, request.redirect, request.bodyUsed, [...request.headers]);
told('method', () => new Request('http://a/', { method: 'a b' }).method);
told('get', () => new Request('http://a/', { body: 'x' }).method);
told('address', () => new Request('nothing').url);
told('patch', () => new Request('http://a/', { method: 'patch' }).method);

const form = new FormData();
form.append('name', 'value');
form.append('name', 'second');
form.append('file', new Blob(['content'], { type: 'text/plain' }), 'a.txt');
console.log([...form.keys()], form.get('name'), form.getAll('name'), form.has('x'), form.get('file').name, form.get('file').size);
form.set('name', 'one');
form.delete('file');
console.log([...form]);

(async () => {
  console.log(await request.clone().json(), await request.text(), request.bodyUsed);
  const response = new Response('text', { status: 201, statusText: 'Made', headers: { 'x-y': 'z' } });
  console.log(response.status, response.statusText, response.ok, response.type, response.url, [...response.headers], await response.text());
  console.log(await Response.json({ a: 1 }).text(), [...Response.json(1).headers]);
  console.log(Response.redirect('http://a/b', 301).status, Response.redirect('http://a/b').headers.get('location'));
  console.log(await new Response(new Blob(['blob'], { type: 'a/b' })).blob(), await new Response(new Uint8Array([1, 2])).arrayBuffer());
  console.log(new Response().body, await new Response().text(), new Response(null, { status: 204 }).status);
  told('status', () => new Response('', { status: 600 }).status);
  const sent = new FormData();
  sent.append('a', 'b');
  console.log([...await new Response(new URLSearchParams('a=b&c=d')).formData()], /^multipart\/form-data; boundary=/.test(new Response(sent).headers.get('content-type')));
  const pieces = [];
  for await (const piece of new Response('stream').body) pieces.push(piece);
  console.log(pieces);
})();
