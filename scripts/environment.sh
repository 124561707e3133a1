#!/bin/sh
# Bring .venv in line with a lock file, and make the package of this folder importable there.
#   scripts/environment.sh requirements.lock
# Needs Python >= 3.11 with pip, or with the standard venv. Set PYTHON to choose one.
set -eu
lock=$1

usable() { # at least 3.11, and able to fill a new environment
    command -v "$1" >/dev/null 2>&1 &&
        "$1" -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null &&
        { "$1" -m pip --version >/dev/null 2>&1 || "$1" -c 'import ensurepip' 2>/dev/null; }
}

python=
for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11 python3.14 python}; do
    if usable "$candidate"; then python=$candidate && break; fi
done
if [ -z "$python" ]; then
    {
        echo "No usable Python found (tried: ${PYTHON:-python3 python3.13 python3.12 python3.11 python3.14 python})."
        for candidate in ${PYTHON:-python3}; do
            echo "  $candidate: $("$candidate" --version 2>/dev/null || echo "not there, or it does not start")"
        done
        echo "PartnerSelect needs Python 3.11 or newer with pip. Install it"
        echo "  Debian or Ubuntu:  apt-get install python3 python3-pip python3-venv"
        echo "  macOS:             brew install python@3.13"
        echo "or name one:         make run PYTHON=/path/to/python3.13"
    } >&2
    exit 1
fi

if ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    rm -rf .venv
    "$python" -m venv --without-pip .venv
fi
if "$python" -m pip --version >/dev/null 2>&1; then
    pip() { "$python" -m pip --python .venv/bin/python --disable-pip-version-check "$@"; }
else
    .venv/bin/python -m ensurepip >/dev/null
    pip() { .venv/bin/python -m pip --disable-pip-version-check "$@"; }
fi

echo "Installing $lock into .venv with $("$python" --version) …"
pip install --quiet --require-hashes -r "$lock"
pip install --quiet --no-build-isolation --no-deps --no-index --editable .
