# Subprocesses on uvloop: output, input, exit codes, signals, many at once, environment and folder.
#
# expect:
#   output: out err 0
#   input: 1048576 bytes back
#   exit code: 7
#   killed: -9
#   terminated: -15
#   missing: FileNotFoundError
#   environment and folder: violet /
#   30 at once: 465
#   inherited
import asyncio
import os
import sys

import uvloop

PIPE = asyncio.subprocess.PIPE


async def main():
    run, shell = asyncio.create_subprocess_exec, asyncio.create_subprocess_shell
    child = await shell("echo out; echo err >&2", stdout=PIPE, stderr=PIPE)
    out, err = await child.communicate()
    print("output:", out.decode().strip(), err.decode().strip(), child.returncode)
    child = await run("cat", stdin=PIPE, stdout=PIPE)
    out, _ = await child.communicate(bytes(1 << 20))
    print(f"input: {len(out)} bytes back")
    print("exit code:", await (await shell("exit 7")).wait())
    child = await run("sleep", "60")
    child.kill()
    print("killed:", await child.wait())
    child = await run("sleep", "60")
    child.terminate()
    print("terminated:", await child.wait())
    try:
        await run("/does/not/exist")
    except OSError as error:
        print("missing:", type(error).__name__)
    child = await shell("echo $COLOUR $PWD", stdout=PIPE, cwd="/",
                        env={**os.environ, "COLOUR": "violet"})
    print("environment and folder:", (await child.communicate())[0].decode().strip())
    children = await asyncio.gather(*[run("echo", str(n + 1), stdout=PIPE) for n in range(30)])
    outputs = await asyncio.gather(*[child.communicate() for child in children])
    print("30 at once:", sum(int(out) for out, _ in outputs))
    sys.stdout.flush()
    await (await run("echo", "inherited")).wait()


uvloop.install()
asyncio.run(main())
