// finally() passes on what was there, unless it throws.
Promise.resolve(1).finally(() => 2).then((value) => console.log('kept', value));
Promise.reject(new Error('kept')).finally(() => 3).catch((error) => console.log(error.message));
Promise.resolve(1).finally(() => { throw new Error('thrown'); }).catch((error) => console.log(error.message));
Promise.resolve().then(() => console.log(1)).then(() => console.log(2)).then(() => console.log(3)).then(() => console.log(4));
