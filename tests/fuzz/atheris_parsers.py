"""Coverage-guided fuzzing of the parsers, by hand: `python tests/fuzz/atheris_parsers.py NAME [SECONDS]`.

Needs `pip install atheris` beside this project. Without a name it goes through all parsers, SECONDS (60) each. A text
that raises is written to `crash-*` in the working folder: it becomes a case of test_parsers.py or of the corpus.
"""

import contextlib
import subprocess
import sys
import warnings
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))


def fuzz(name, seconds):
    """Try texts of one parser until the time is over; this does not return."""
    import atheris

    with atheris.instrument_imports(include=["pytest_productops"]):
        from parsers import MARKS, PARSERS

    parse, words, own = PARSERS[name]
    words = [*words, *MARKS]

    def one(data):
        provider = atheris.FuzzedDataProvider(data)
        if provider.ConsumeBool():
            text = provider.ConsumeUnicodeNoSurrogates(400)
        else:
            text = "".join(words[at % len(words)] for at in provider.ConsumeBytes(120))
        with warnings.catch_warnings(), contextlib.suppress(own or ()):
            warnings.simplefilter("ignore")
            parse(text)

    atheris.Setup(
        [sys.argv[0], f"-max_total_time={seconds}", "-timeout=10", "-max_len=2000", "-verbosity=0"], one
    )
    atheris.Fuzz()


def main():
    name, seconds = (*sys.argv[1:], "", "60")[:2] if len(sys.argv) > 1 else ("", "60")
    if name:
        fuzz(name, int(seconds or 60))
    from parsers import PARSERS

    failed = [
        each for each in PARSERS if subprocess.run([sys.executable, __file__, each, seconds]).returncode
    ]
    sys.exit(f"failed: {', '.join(failed)}" if failed else 0)


if __name__ == "__main__":
    main()
