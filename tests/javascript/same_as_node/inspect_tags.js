console.log(
  { a: 1, [Symbol.toStringTag]: 'Tag' },
  { [Symbol.toStringTag]: 'T' },
  Object.defineProperty({ a: 1 }, Symbol.toStringTag, { value: 'Hidden' }),
  Object.create({ [Symbol.toStringTag]: 'Proto' }),
  new (class K {
    get [Symbol.toStringTag]() {
      return 'G';
    }
  })(),
  new (class K2 {
    [Symbol.toStringTag] = 'own';
  })()
);
