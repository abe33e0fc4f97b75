// When a request, an answer and their connection tell their ends, whoever ends them.
const http=require('http');
const s=http.createServer((q,r)=>{r.write('begun'); if(q.url==='/end') r.end();}).listen(0,()=>{
  const port=s.address().port;
  const steps=[
   (next)=>{const q=http.get({port}); q.on('response',r=>{r.on('data',()=>{q.destroy()});for(const e of ['aborted','end','close','error']) r.on(e,(x)=>console.log('1 res',e,x&&x.message,x&&x.code));}); for(const e of ['close','error','abort']) q.on(e,(x)=>{console.log('1 req',e,x&&x.message);}); setTimeout(next,50);},
   (next)=>{const q=http.get({port}); q.on('response',r=>{r.on('data',()=>{q.destroy(new Error('mine'))});for(const e of ['aborted','end','close','error']) r.on(e,(x)=>console.log('2 res',e,x&&x.message,x&&x.code));}); for(const e of ['close','error','abort']) q.on(e,(x)=>{console.log('2 req',e,x&&x.message);}); setTimeout(next,50);},
   (next)=>{const q=http.get({port}); q.on('response',r=>{r.on('data',()=>{r.destroy()});for(const e of ['aborted','end','close','error']) r.on(e,(x)=>console.log('3 res',e,x&&x.message,x&&x.code));}); for(const e of ['close','error','abort']) q.on(e,(x)=>{console.log('3 req',e,x&&x.message);}); setTimeout(next,50);},
   (next)=>{const q=http.get({port}); for(const e of ['close','error','abort']) q.on(e,(x)=>{console.log('4 req',e,x&&x.message);}); q.destroy(); setTimeout(next,50);},
   (next)=>{const q=http.get({port}); q.on('response',r=>{r.on('data',()=>{q.abort()});for(const e of ['aborted','end','close','error']) r.on(e,(x)=>console.log('5 res',e,x&&x.message,x&&x.code));}); for(const e of ['close','error','abort']) q.on(e,(x)=>{console.log('5 req',e,x&&x.message);}); setTimeout(next,50);},
   (next)=>{const q=http.get({port,path:'/end'}); q.on('response',r=>{r.resume();for(const e of ['aborted','end','close','error']) r.on(e,(x)=>console.log('6 res',e,x&&x.message,x&&x.code));}); for(const e of ['close','error','abort']) q.on(e,(x)=>{console.log('6 req',e,x&&x.message);}); setTimeout(next,50);},
   (next)=>{const q=http.get({port}); q.on('response',r=>{r.on('data',()=>{q.socket.destroy()});for(const e of ['aborted','end','close','error']) r.on(e,(x)=>console.log('7 res',e,x&&x.message,x&&x.code));}); for(const e of ['close','error','abort']) q.on(e,(x)=>{console.log('7 req',e,x&&x.message);}); setTimeout(next,50);},
   (next)=>{const c=new AbortController;const q=http.get({port,signal:c.signal}); q.on('response',r=>{r.on('data',()=>{c.abort()});for(const e of ['aborted','end','close','error']) r.on(e,(x)=>console.log('8 res',e,x&&x.message,x&&x.code));}); for(const e of ['close','error','abort']) q.on(e,(x)=>{console.log('8 req',e,x&&x.message);}); setTimeout(next,50);},
  ];
  const run=()=>{const f=steps.shift(); if(f) f(run); else {s.close();s.closeAllConnections();}}; run();
});
