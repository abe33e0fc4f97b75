// The largest buffer that Node.js hands over in one call is written, and is given for a read.
//
// expect:
//   written at once
//   read at once: 5
//   written
//   read: 5
const fs = require("fs");
const path = require("path");

const folder = fs.mkdtempSync(path.join(require("os").tmpdir(), "large-"));
const file = path.join(folder, "file");
const large = Buffer.alloc(2 ** 31 - 1);

fs.writeFileSync("/dev/null", large);
console.log("written at once");

fs.writeFileSync(file, "hello");
const descriptor = fs.openSync(file);
console.log("read at once:", fs.readSync(descriptor, large, 0, large.length, 0));

fs.writeFile("/dev/null", large, (problem) => {
  console.log(problem ? problem.message : "written");
  fs.read(descriptor, large, 0, large.length, 0, (problem, count) => {
    console.log("read:", problem ? problem.message : count);
    fs.closeSync(descriptor);
    fs.rmSync(folder, { recursive: true });
  });
});
