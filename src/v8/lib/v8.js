// The module `v8`: statistics of the heap, and values as bytes.
'use strict';
const { heapStatistics, heapSpaces, setFlags } = binding('process');
const { serialize, deserialize } = binding('message');
const { asBuffer } = require('buffer');
const { invalidType } = require('internal_errors');

const kNames = ['total_heap_size', 'total_heap_size_executable', 'total_physical_size', 'total_available_size', 'used_heap_size',
                'heap_size_limit', 'malloced_memory', 'peak_malloced_memory', 'does_zap_garbage', 'number_of_native_contexts',
                'number_of_detached_contexts', 'total_global_handles_size', 'used_global_handles_size', 'external_memory'];

module.exports = {
  getHeapStatistics() {
    const values = heapStatistics();
    return Object.fromEntries(kNames.map((name, at) => [name, values[at]]));
  },
  getHeapSpaceStatistics: () => heapSpaces().map(([space_name, space_size, space_used_size, space_available_size, physical_space_size]) =>
    ({ space_name, space_size, space_used_size, space_available_size, physical_space_size })),
  setFlagsFromString(flags) {
    if (typeof flags !== 'string') throw invalidType('flags', 'string', flags);
    setFlags(flags);
  },
  serialize: (value) => asBuffer(serialize(value)),
  deserialize: (bytes) => deserialize(bytes),
};
