"""Print the seconds that tomli takes for the file that is named, which has been read; a second argument turns the
garbage collector off before.
"""

import gc
import sys
import time
from pathlib import Path

import tomli

text = Path(sys.argv[1]).read_text(encoding="utf-8")
if sys.argv[2:]:
    gc.disable()
started = time.perf_counter()
tables = tomli.loads(text)
print(time.perf_counter() - started)
