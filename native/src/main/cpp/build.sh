#!/bin/sh
# Compiles the kernels once for each instruction set and binds them to Java with JavaCPP's builder.
#
#   build.sh CLASSPATH CLASSES WORK    library: CLASSES/dev/vitrine/cpp/linux-x86_64; objects: WORK
#
# CXX names another compiler, VITRINE_CXXFLAGS adds options.
#
# Where there is no compiler, or another platform, it says so in one line and succeeds: the Java backends serve then.
set -eu
classpath=$1 classes=$2 work=$3
here=$(cd "$(dirname "$0")" && pwd)
cxx=${CXX:-g++}
. "$here/../../../../.mvn/find-jdk.sh"
platform=linux-x86_64
library=$classes/dev/vitrine/cpp/$platform/libjniNative.so

if [ "$(uname -s)-$(uname -m)" != Linux-x86_64 ]; then
  echo "native: the C++ kernels are written for Linux on x86-64, this is $(uname -s) on $(uname -m): the vector backend serves"
  exit 0
fi
if ! command -v "$cxx" >/dev/null; then
  echo "native: no C++ compiler ($cxx; install g++, or name one in CXX): built without the cpp backend, the vector backend serves"
  exit 0
fi

# No -ffast-math of any kind, and no contraction: a·b + c is an fma only where one is written. Nobody looks at errno or at traps.
# uninitialized: gcc 12 takes its own undefined vectors for ours.
flags="-std=c++17 -O3 -fPIC -Wall -Wextra -Wno-uninitialized -Wno-maybe-uninitialized -Werror -ffp-contract=off -fno-math-errno -fno-trapping-math"
flags="$flags -fvisibility=hidden ${VITRINE_CXXFLAGS-}"

newest=$(find "$here" "$classes/dev/vitrine/cpp/Native.class" -newer "$library" 2>/dev/null | head -n 1)
if [ -e "$library" ] && [ -z "$newest" ] && [ "$flags" = "$(cat "$work/flags" 2>/dev/null)" ]; then
  exit 0
fi
mkdir -p "$work" "$(dirname "$library")"
rm -f "$library" "$work"/*.o
echo "$flags" >"$work/flags"
for isa in avx2 avx512; do
  case $isa in
    avx2) target="-mavx2 -mfma -mtune=haswell" ;;
    avx512) target="-mavx2 -mfma -mavx512f -mavx512dq -mavx512vl -mavx512bw -mprefer-vector-width=512 -mtune=icelake-server" ;;
  esac
  for source in "$here"/*.cpp; do
    echo "$flags $target -DISA=$isa -c $source -o $work/$(basename "$source" .cpp).$isa.o"
  done
done | xargs -P "$(getconf _NPROCESSORS_ONLN)" -I {} sh -c "$cxx {}"

# The builder writes and deletes its own source beside the library.
cd "$work"
options=""
for flag in -std=c++17 ${VITRINE_CXXFLAGS-}; do
  options="$options -Xcompiler $flag"
done
for object in "$work"/*.o; do
  options="$options -Xcompiler $object"
done
# shellcheck disable=SC2086
"$JAVA_HOME/bin/java" -cp "$classpath" org.bytedeco.javacpp.tools.Builder -classpath "$classes" -d "$(dirname "$library")" \
  -Dplatform.compiler="$cxx" -Dplatform.includepath="$here" $options dev.vitrine.cpp.Native
