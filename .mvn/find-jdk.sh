# Sets JAVA_HOME to a JDK 25, or says how to get one and exits with 2. Sourced by mvnw, .ci/run and bench/vitrine.
#
# Looks at JAVA_HOME, then at the java on the PATH, then into the usual folders. VITRINE_JDK_PATH
# (folders, separated by colons) replaces the usual ones.

vitrine_is_jdk25() {
  [ -x "$1/bin/javac" ] && grep -q '^JAVA_VERSION="25[^0-9]' "$1/release" 2>/dev/null
}

vitrine_find_jdk25() (
  candidate=${JAVA_HOME-}
  vitrine_is_jdk25 "$candidate" && echo "$candidate" && exit

  # Asking java itself sees through the shims of sdkman, jenv and macOS.
  candidate=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')
  vitrine_is_jdk25 "$candidate" && echo "$candidate" && exit

  usual=/usr/lib/jvm:/usr/java:/opt:/opt/java:$HOME/.sdkman/candidates/java:$HOME/.jdks:/Library/Java/JavaVirtualMachines
  IFS=:
  for folder in ${VITRINE_JDK_PATH-$usual}; do
    for candidate in "$folder" "$folder"/* "$folder"/*/Contents/Home; do
      vitrine_is_jdk25 "$candidate" && echo "$candidate" && exit
    done
  done
  exit 1
)

if ! JAVA_HOME=$(vitrine_find_jdk25); then
  echo "Vitrine needs a JDK 25 and found none: install Temurin 25 from https://adoptium.net" \
    "(or: apt-get install temurin-25-jdk, or: sdk install java 25-tem), or point JAVA_HOME at one." >&2
  exit 2
fi
export JAVA_HOME
