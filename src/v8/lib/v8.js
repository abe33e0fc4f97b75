// The module `v8`: statistics of the heap.
'use strict';
const { memoryUsage } = binding('process');
module.exports = {
  getHeapStatistics() {
    const [, total, used, external, malloced] = memoryUsage();
    return { total_heap_size: total, used_heap_size: used, external_memory: external,
             malloced_memory: malloced };
  },
};
