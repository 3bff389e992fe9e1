# SPDX-License-Identifier: MIT
# Sourced by the scripts a newcomer runs: need PACKAGE... installs the Debian packages that are not there yet, or says which.

need() {
  command -v dpkg-query >/dev/null || return 0 # not Debian: the build says itself what it misses
  missing=
  for package in "$@"; do
    case $(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null) in
      installed) ;;
      *) missing="$missing $package" ;;
    esac
  done
  [ -n "$missing" ] || return 0
  if [ "$(id -u)" -eq 0 ]; then
    as_root=
  elif command -v sudo >/dev/null; then
    as_root=sudo
  else
    echo "These Debian packages are missing; have an administrator run: apt-get install$missing" >&2
    exit 1
  fi
  echo "Installing with apt-get:$missing"
  # shellcheck disable=SC2086 # both are lists of words
  if ! { $as_root apt-get update -qq && $as_root env DEBIAN_FRONTEND=noninteractive \
         apt-get install -y -qq --no-install-recommends -o Dpkg::Use-Pty=0 $missing >/dev/null; }; then
    echo "apt-get failed; install these Debian packages and try again:$missing" >&2
    exit 1
  fi
}

build_packages="gcc libc6-dev meson ninja-build pkg-config python3 libsqlite3-dev libjansson-dev libcsv-dev librandom123-dev"
