// Frames: what goes along a chain of callbacks. `frames.areUsed` is false until somebody asks for
// AsyncLocalStorage, and all of it costs a look at that flag.
'use strict';

const { getFrame, setFrame, useFrames } = binding('async');

const frames = { areUsed: false };

function use() {
  frames.areUsed = true;
  useFrames();
}

function callInFrame(frame, receiver, callback, values) {
  const before = getFrame();
  setFrame(frame);
  try {
    return callback.apply(receiver, values);
  } finally {
    setFrame(before);
  }
}

module.exports = { frames, use, callInFrame, getFrame, setFrame };
