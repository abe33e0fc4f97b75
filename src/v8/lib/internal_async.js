// Frames: what goes along a chain of callbacks. `frames.areUsed` is false until somebody asks for
// AsyncLocalStorage or async hooks, and all of it costs a look at that flag.
'use strict';

const { getFrame, setFrame, useFrames } = binding('async');

// `failed` hears of an error that leaves a callback, while its frame still is the current one (domain.js).
// `hooks` is what async_hooks.createHook() looks with (internal_async_hooks.js), once it does.
const frames = { areUsed: false, hooks: null, failed: undefined };

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
  } catch (error) {
    frames.failed?.(error);
    throw error;
  } finally {
    frames.hooks?.after(frame);
    setFrame(before);
  }
}

module.exports = { frames, use, frameOf, callInFrame, getFrame, setFrame };
