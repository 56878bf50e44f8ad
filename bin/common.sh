# What the scripts in bin/ share: source it first. It moves to the top of the project.
# shellcheck shell=bash
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
unset DJANGO_SETTINGS_MODULE # another project's, from the shell that called us

# The virtual environment at work. bin/test-next has one of its own.
venv=${CAREERS_VENV:-.venv}

say() { printf '\n== %s\n' "$*"; }

fail() {
  printf '\n!! %s\n' "$*" >&2
  exit 1
}

# step NAME COMMAND...: one heading, then the command; stop here when it fails.
step() {
  local name=$1
  shift
  say "$name"
  "$@" || fail "Stopped at '$name'. Nothing after it was run."
}

# Two scripts in one folder at the same time take turns, where the machine has flock. Held until this script ends.
take_turns() {
  mkdir -p build
  if command -v flock >/dev/null; then
    exec 9>build/turn.lock
    flock 9
  fi
}

# Prints the folder that holds PostgreSQL's own programs; fails when there is none.
find_postgres() {
  local folder found=""
  if command -v initdb >/dev/null && command -v pg_ctl >/dev/null; then
    dirname "$(command -v initdb)"
    return
  fi
  # Debian keeps them out of PATH, one folder a version: the last is the newest.
  for folder in /usr/lib/postgresql/*/bin; do
    if [[ -x $folder/initdb && -x $folder/pg_ctl ]]; then found=$folder; fi
  done
  [[ -n $found ]] && printf '%s\n' "$found"
}

# Prints where Chromium is; fails when there is none. tests/browser/conftest.py looks for the same names.
find_chromium() {
  type -P chromium-headless-shell || type -P chromium || type -P chromium-browser || type -P google-chrome
}

# need PROGRAM...: installs what is not here yet, from the system's packages of the same names.
need() {
  local program missing=()
  for program in "$@"; do
    # Servers may lie where only root looks for programs.
    if ! PATH="$PATH:/usr/sbin" command -v "$program" >/dev/null; then missing+=("$program"); fi
  done
  if ((${#missing[@]})); then bin/apt-install "${missing[@]}"; fi
}

# unit_tests PYTHON: all but those that need a browser or a whole installation, on SQLite and then on PostgreSQL.
unit_tests() {
  # Reading all modules anew in each of the many processes takes longer than many tests.
  unset TEST_DATABASE_URL PYTHONDONTWRITEBYTECODE
  # A file's tests share what it loads. xdist's own order would leave files with few, slow tests for the end.
  local tests=("$1" -m pytest -n 2 --dist loadfile --no-loadscope-reorder --ignore tests/browser --ignore tests/stack)
  step "Unit tests on SQLite" "${tests[@]}"
  step "Unit tests on PostgreSQL" bin/with-postgres "${tests[@]}" -m "not once or twice"
}
