#!/bin/sh
# Builds the CUDA driver without a GPU: libcuda.so.1, libnvrtc.so.13 and an empty libcudart.so.13, into the folder that is named.
# Without a compiler it says so in one line and succeeds: the tests that want it say that they skip.
set -eu
out=$1
here=$(cd "$(dirname "$0")" && pwd)
cxx=${CXX:-g++}
if [ "$(uname -s)-$(uname -m)" != Linux-x86_64 ] || ! command -v "$cxx" >/dev/null; then
  echo "native: no C++ compiler for Linux on x86-64 here: the CUDA backend is not tested"
  exit 0
fi
if [ -e "$out/libcuda.so.1" ] && [ -z "$(find "$here" -newer "$out/libcuda.so.1" | head -n 1)" ]; then
  exit 0
fi
mkdir -p "$out/modules"
flags="-std=c++20 -O2 -Wall -Wextra -Werror -shared -fPIC -pthread"
echo 'libcudart.so.13 { };' >"$out/cudart.map"
# shellcheck disable=SC2086
{
  echo 'int nothing;' | "$cxx" $flags -x c++ - -Wl,-soname,libcudart.so.13 -Wl,--version-script="$out/cudart.map" -o "$out/libcudart.so.13"
  "$cxx" $flags "$here/nvrtc.cpp" -Wl,-soname,libnvrtc.so.13 -o "$out/libnvrtc.so.13"
  "$cxx" $flags "$here/driver.cpp" -ldl -Wl,-soname,libcuda.so.1 -o "$out/libcuda.so.1"
}
