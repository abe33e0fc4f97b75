// What kind of object something is, from whichever realm it comes (vm.createContext() makes realms).
'use strict';

const tagOf = (value) => Object.prototype.toString.call(value).slice(8, -1);

function isOf(value, Kind) {
  if (value instanceof Kind) return true;
  if (typeof value !== 'object' || value === null || value instanceof Object || Object.getPrototypeOf(value) === null) return false;
  return tagOf(value) === Kind.name && (Kind === Error || value.constructor?.name === Kind.name);
}

module.exports = { isOf };
