#!/usr/bin/env bash
# The one door to Tacto: `./build.sh help` lists what it can do.
#
# Works from any directory and on a fresh machine with Rust, Node and git: what else is needed is
# installed (the wasm target, npm packages, as root the browsers) or named with the command to type.
set -euo pipefail
readonly CALLER=$PWD
cd "$(dirname "${BASH_SOURCE[0]}")"
readonly ROOT=$PWD
readonly TARGET=${CARGO_TARGET_DIR:-$ROOT/target}
readonly LOGS=$ROOT/tests/output/logs

help() {
  cat <<'TEXT'
Tacto

  ./build.sh                 builds everything: target/release/tacto, dist/chromium, dist/firefox
  ./build.sh demo            builds, then types a draft into a real editor in a real browser and
                             shows what Tacto says: in a window where there is a display, else as
                             pictures in dist/demo, with the same findings in the terminal
  ./build.sh test            builds, then runs every check and every test, browsers included
  ./build.sh test NAME       only the browser tests whose file name contains NAME
  ./build.sh accuracy [DIR]  how much is found and how much is a false alarm, on labelled drafts:
                             those in DIR, or the project's own
  ./build.sh bench           how fast it is, beside others, on this machine
  ./build.sh package [...]   builds, then makes dist/packages: the stores' zip, the signed .crx, the
                             .xpi, what browsers ask for updates, sums and a bill of materials.
                             --help says what it can be given: a key, an address, an id
  ./build.sh package --twice the last commit built from nothing in two folders, compared byte by byte
  ./build.sh pictures        takes the README's pictures again
  ./build.sh table           writes the table of composers in tests/README.md, as seen in both browsers
  ./build.sh help            this page

Environment: CHROMIUM and FIREFOX name the browsers' programs where they are not in /usr/bin;
TACTO_BROWSERS=chromium tests in one browser only; CARGO_TARGET_DIR is honoured.
TEXT
}

# --- saying what happens ------------------------------------------------------------------------

say() { printf '\n\033[1m▸ %s\033[0m\n' "$*"; }

# fail SENTENCE [COMMAND TO TYPE]
fail() {
  printf '\n\033[31m✘ %s\033[0m\n' "$1" >&2
  if [[ $# -gt 1 ]]; then printf '  Type:  %s\n' "$2" >&2; fi
  exit 1
}

# --- what is needed -----------------------------------------------------------------------------

need_tools() {
  command -v cargo >/dev/null || fail 'Rust is not installed (https://rustup.rs).'
  command -v node >/dev/null || fail 'Node.js 20 or newer is not installed.'
  command -v npm >/dev/null || fail 'npm is not installed; it usually comes with Node.js.'
  local major
  major=$(node -p 'process.versions.node.split(".")[0]')
  ((major >= 20)) || fail "Node.js 20 or newer is needed; this is $(node --version)."
}

need_wasm_target() {
  local libraries
  libraries=$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown
  [[ -d $libraries ]] && return
  say 'Adding the wasm32-unknown-unknown target'
  command -v rustup >/dev/null ||
    fail 'This Rust has no wasm32-unknown-unknown target and did not come with rustup. Install the target as your Rust came, e.g. on Debian:' \
      'sudo apt-get install libstd-rust-dev-wasm32'
  rustup target add wasm32-unknown-unknown ||
    fail 'rustup could not add the target.' 'rustup target add wasm32-unknown-unknown'
}

# need_packages FOLDER: what its package-lock.json says, unless that is what is there.
need_packages() {
  local stamp=$1/node_modules/.package-lock.json
  if [[ -f $stamp && ! $1/package-lock.json -nt $stamp ]]; then return; fi
  say "Installing the npm packages of $1"
  (cd "$1" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) ||
    fail "npm could not install the packages of $1." "cd $ROOT/$1 && npm ci --ignore-scripts"
}

find_browser() {
  local candidate
  for candidate in "$@"; do
    if [[ -n $candidate && -x $candidate ]]; then return 0; fi
  done
  return 1
}

have_chromium() {
  find_browser "${CHROMIUM:-}" /usr/bin/chromium /usr/bin/google-chrome /usr/bin/chromium-browser
}

# The tests also want the browsers in Spanish, which Debian packs apart.
have_spanish_chromium() { [[ ! -d /usr/lib/chromium || -f /usr/lib/chromium/locales/es.pak ]]; }

have_spanish_firefox() {
  [[ ! -d /usr/lib/firefox-esr ]] ||
    compgen -G '/usr/lib/firefox-esr/browser/extensions/langpack-es-ES@*' >/dev/null
}

have_firefox() { find_browser "${FIREFOX:-}" /usr/bin/firefox-esr /usr/bin/firefox; }

# need_browsers BROWSER...
need_browsers() {
  local missing=()
  for browser in "$@"; do
    case $browser in
      chromium)
        have_chromium || missing+=(chromium chromium-l10n)
        have_spanish_chromium || missing+=(chromium-l10n)
        ;;
      firefox)
        have_firefox || missing+=(firefox-esr firefox-esr-l10n-es-es)
        have_spanish_firefox || missing+=(firefox-esr-l10n-es-es)
        ;;
      *) fail "TACTO_BROWSERS names '$browser'; it can be chromium or firefox." ;;
    esac
  done
  ((${#missing[@]})) || return 0
  local packages="${missing[*]} fonts-dejavu-core fonts-noto-color-emoji"
  local remedy="sudo apt-get update && sudo apt-get install -y $packages"
  command -v apt-get >/dev/null ||
    fail "Not installed: ${missing[*]}. Install them, or name their programs in CHROMIUM and FIREFOX."
  [[ $(id -u) == 0 ]] || fail "Not installed: ${missing[*]}." "$remedy"
  say "Installing ${missing[*]}"
  mkdir -p "$LOGS"
  # shellcheck disable=SC2086 # a list of packages
  if ! { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $packages; } \
    >"$LOGS/apt.log" 2>&1 </dev/null; then
    tail -n 20 "$LOGS/apt.log" >&2
    fail "apt-get could not install ${missing[*]} (all it said: $LOGS/apt.log)." "$remedy"
  fi
}

# The browsers that this run is about, as words.
browsers() { tr ',' ' ' <<<"${TACTO_BROWSERS:-chromium,firefox}"; }

# --- building -----------------------------------------------------------------------------------

build_cli() {
  say 'Building the command (target/release/tacto)'
  cargo build --release --locked --package tacto-cli
  if [[ ! $TARGET/release/tacto -ef $ROOT/target/release/tacto ]]; then
    mkdir -p "$ROOT/target/release"
    cp "$TARGET/release/tacto" "$ROOT/target/release/tacto"
  fi
}

build_extension() {
  need_wasm_target
  need_packages extension
  say 'Building the extension (dist/chromium, dist/firefox)'
  node extension/build.mjs
}

build() {
  need_tools
  build_cli
  build_extension
}

# --- testing ------------------------------------------------------------------------------------

passed=0
failed=0
report=()

# suite NAME LOG COMMAND...: runs one suite, goes on whatever comes of it, remembers how it went.
suite() {
  local name=$1 log=$2 status=0 start=$SECONDS
  shift 2
  say "$name"
  "$@" </dev/null 2>&1 | tee "$LOGS/$log.log" || status=$?
  remember "$name" "$log" "$status" $((SECONDS - start))
}

# remember NAME LOG STATUS SECONDS: how a suite went, by what its runner said at the end.
remember() {
  local name=$1 log=$LOGS/$2.log status=$3 took=$4
  local tests_passed tests_failed
  read -r tests_passed tests_failed < <(count "$log")
  if ((tests_passed + tests_failed == 0)); then
    # A check that has no tests of its own counts as one.
    tests_passed=$((status == 0))
    tests_failed=$((status != 0))
  elif ((status != 0 && tests_failed == 0)); then
    tests_failed=1
  fi
  passed=$((passed + tests_passed))
  failed=$((failed + tests_failed))
  local sign='✔'
  if ((tests_failed)); then sign='✘'; fi
  report+=("$(printf '%s %-42s %5d passed %4d failed %5d s' "$sign" "$name" "$tests_passed" "$tests_failed" "$took")")
}

# What failed, once more and at the end, where whoever sees only the end of the output finds it.
failures() {
  local log said
  for log in "$LOGS"/*.log; do
    said=$(awk '/^✖ failing tests:/ || /^failures:$/ || /^error(\[|:)/ { on = 1 } on && n++ < 120' "$log")
    if [[ -z $said ]]; then continue; fi
    say "What failed in ${log##*/}"
    printf '%s\n' "$said"
  done
}

# needs_tests NAME LOG: the suite of that log must have run at least one test of a test runner.
needs_tests() {
  local tests_passed tests_failed
  read -r tests_passed tests_failed < <(count "$LOGS/$2.log")
  if ((tests_passed + tests_failed == 0)); then
    failed=$((failed + 1))
    report+=("✘ $1: its runner ran no test")
  fi
}

# count LOG: passed and failed tests by the closing lines of cargo test, node's runner and tacto test.
count() {
  awk '
    /^test result: / { passed += $4; failed += $6 }
    /^[0-9]+ passed, [0-9]+ failed/ { passed += $1; failed += $3 }
    /^(ℹ|#) pass [0-9]+$/ { passed += $3 }
    /^(ℹ|#) fail [0-9]+$/ { failed += $3 }
    END { print passed + 0, failed + 0 }
  ' "$1"
}

clippy() {
  cargo clippy --locked --workspace --all-targets -- -D warnings
}

lint_scripts() {
  (cd extension && node_modules/.bin/tsc --noEmit) &&
    extension/node_modules/.bin/biome ci --error-on-warnings .
}

# browser_tests FILE...: the browsers of this run, side by side where there are cores for it. On two
# cores they make each other late, and gain little.
browser_tests() {
  node tests/pages/build.mjs
  local browser run runs=()
  for browser in $(browsers); do
    say "Real editors in $browser (node)"
    {
      TACTO_PAGES_BUILT=1 TACTO_BROWSERS=$browser node --test --test-reporter=spec --test-concurrency=1 \
        --test-timeout=900000 "$@" </dev/null 2>&1 |
        tee "$LOGS/$browser.log" | sed -u "s/^/$browser  /"
    } &
    runs+=("$browser $! $SECONDS")
    if (($(nproc) < 4)); then
      finish "${runs[-1]}"
      unset 'runs[-1]'
    fi
  done
  for run in "${runs[@]}"; do finish "$run"; done
}

# finish "BROWSER PID START": waits for a run of browser_tests, remembers how it went.
finish() {
  local browser pid start status=0
  read -r browser pid start <<<"$1"
  wait "$pid" || status=$?
  remember "Real editors in $browser (node)" "$browser" "$status" $((SECONDS - start))
  needs_tests "Real editors in $browser" "$browser"
}

test_all() {
  local only=${1:-}
  build
  need_packages tests
  # The tests of managed policy pack what they install.
  need_packages extension/packaging
  local wanted
  wanted=$(browsers)
  # shellcheck disable=SC2086 # a list of words
  need_browsers $wanted
  mkdir -p "$LOGS"
  rm -f "$LOGS"/*.log
  local start=$SECONDS files
  files=(tests/e2e/*"$only"*.test.mjs)
  [[ -f ${files[0]} ]] || fail "No file of tests/e2e has '$only' in its name."

  if [[ -z $only ]]; then
    suite 'Rust is formatted (cargo fmt)' fmt cargo fmt --all --check
    suite 'Rust has no lints (clippy)' clippy clippy
    suite 'Rust tests (cargo test)' cargo cargo test --locked --workspace --no-fail-fast
    needs_tests 'Rust tests' cargo
    suite "The guide's examples (tacto test rules)" guide target/release/tacto test rules --covered
    needs_tests "The guide's examples" guide
    suite 'What is found of unread authors (tacto accuracy)' unread \
      target/release/tacto accuracy --recorded tests/corpus/unread-authors.json
    needs_tests 'What is found of unread authors' unread
    suite 'The guide has no faults (tacto lint rules)' lint target/release/tacto lint rules
    suite 'TypeScript and style (tsc, biome)' typescript lint_scripts
    if compgen -G 'extension/test/*.test.mjs' >/dev/null; then
      suite "The extension's unit tests (node)" extension \
        node --test --test-reporter=spec extension/test/*.test.mjs
      needs_tests "The extension's unit tests" extension
    fi
  fi
  browser_tests "${files[@]}"

  failures
  say "What the runners said"
  local log
  for log in "$LOGS"/*.log; do
    grep -hE '^(test result: |[0-9]+ passed, |(ℹ|#) (tests|pass|fail|skipped) [0-9]+$)' "$log" || true
  done
  printf '\n'
  printf '%s\n' "${report[@]}"
  printf '\nAll of it took %d s; the whole output is in %s\n' "$((SECONDS - start))" "${LOGS#"$ROOT"/}"
  printf '%d passed, %d failed\n' "$passed" "$failed"
  ((passed > 0 && failed == 0))
}

# --- showing and measuring ----------------------------------------------------------------------

demo() {
  build
  need_packages tests
  need_browsers chromium
  say 'A draft in a real editor'
  node tests/demo.mjs
}

pictures() {
  build
  need_packages tests
  need_browsers chromium
  say 'Taking the pictures (extension/pictures)'
  node tests/pictures.mjs
}

table() {
  build
  need_packages tests
  # shellcheck disable=SC2046 # a list of words
  need_browsers $(browsers)
  say 'Going through every compose box (tests/README.md)'
  TACTO_TABLE=write node --test --test-reporter=spec tests/e2e/composers.test.mjs
}

bench() {
  build
  need_packages tests
  need_packages tests/bench
  need_browsers chromium
  say 'Measuring (tests/bench/results)'
  node tests/bench/run.mjs "$@"
}

# package [OPTION]...: extension/packaging/README.md says what of.
package() {
  local argument
  for argument in "$@"; do
    case $argument in
      --twice)
        package_twice "$@"
        return
        ;;
      --help | -h)
        need_tools
        need_packages extension/packaging
        node extension/packaging/pack.mjs --help
        return
        ;;
    esac
  done
  build
  need_packages extension/packaging
  say 'Packing (dist/packages)'
  TACTO_CALLER=${TACTO_CALLER:-$CALLER} node extension/packaging/pack.mjs "$@"
}

# Builds the last commit in two new folders, each with nothing but what git and the registries have.
package_twice() {
  local arguments=() argument
  for argument in "$@"; do
    if [[ $argument != --twice ]]; then arguments+=("$argument"); fi
  done
  need_tools
  command -v git >/dev/null || fail 'git is not installed.'
  local commit scratch folder folders
  commit=$(git rev-parse HEAD)
  if [[ -n $(git status --porcelain) ]]; then
    say 'There are changes that are not committed; the last commit is built without them.'
  fi
  scratch=$(mktemp -d)
  # shellcheck disable=SC2064 # the folder of now
  trap "rm -rf '$scratch'" EXIT
  folders=("$scratch/one" "$scratch/another/place with a longer name")
  for folder in "${folders[@]}"; do
    say "$commit in $folder"
    git clone --quiet --no-checkout "$ROOT" "$folder"
    git -C "$folder" checkout --quiet --detach "$commit"
    (cd "$folder" && TACTO_CALLER=$CALLER CARGO_TARGET_DIR=$folder/target ./build.sh package "${arguments[@]}")
    rm -rf "$folder/target" "$folder/extension/node_modules"
  done
  say 'Comparing'
  cat "${folders[0]}/dist/packages/SHA256SUMS"
  diff -r "${folders[0]}/dist" "${folders[1]}/dist" || fail 'The two are not the same.'
  printf 'The two are the same, byte by byte.\n'
}

accuracy() {
  need_tools
  build_cli
  local arguments=("$@")
  if [[ $# -gt 0 && $1 != -* ]]; then
    arguments[0]=$(cd "$CALLER" && realpath -- "$1")
    [[ -d ${arguments[0]} ]] || fail "$1 is not a folder."
  fi
  say 'Measuring what is found and what is a false alarm'
  target/release/tacto accuracy "${arguments[@]}"
}

case ${1:-build} in
  build) build ;;
  demo | pictures | table) "$1" ;;
  test) test_all "${2:-}" ;;
  bench | accuracy | package) "$@" ;;
  help | -h | --help) help ;;
  *)
    printf "✘ '%s' is nothing that ./build.sh can do.\n\n" "$1" >&2
    help >&2
    exit 2
    ;;
esac
