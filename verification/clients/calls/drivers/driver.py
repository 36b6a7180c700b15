# Runs snippets of the Python SDK by name: reads one name a line, runs `main` of the file of that name in the folder in the
# first argument, and prints `done NAME` or `failed NAME: MESSAGE`.
import asyncio
import runpy
import sys

for line in sys.stdin:
    name = line.strip()
    try:
        asyncio.run(runpy.run_path(f"{sys.argv[1]}/{name}.py")["main"]())
        print("done", name, flush=True)
    except Exception as error:
        print(f"failed {name}:", repr(error).replace("\n", " "), flush=True)
