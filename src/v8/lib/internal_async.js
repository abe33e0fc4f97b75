// Frames: what goes along a chain of callbacks. `frames.areUsed` is false until somebody asks for
// AsyncLocalStorage or async hooks, and all of it costs a look at that flag.
'use strict';

const { getFrame, setFrame, useFrames } = binding('async');

// `hooks` is what async_hooks.createHook() looks with (internal_async_hooks.js), once it does.
const frames = { areUsed: false, hooks: null };

function use() {
  frames.areUsed = true;
  useFrames();
}

// The frame in which a callback will run that is asked for now, by what Node.js calls its resource.
function frameOf(type, resource) {
  return frames.hooks === null ? getFrame() : frames.hooks.init(type, resource);
}

function callInFrame(frame, receiver, callback, values) {
  const before = getFrame();
  setFrame(frame);
  frames.hooks?.before(frame);
  try {
    return callback.apply(receiver, values);
  } finally {
    frames.hooks?.after(frame);
    setFrame(before);
  }
}

module.exports = { frames, use, frameOf, callInFrame, getFrame, setFrame };
