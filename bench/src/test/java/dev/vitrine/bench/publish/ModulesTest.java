package dev.vitrine.bench.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What others may use is what bench/publish/packages.txt names, and all of it is documented. */
class ModulesTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final List<String> MODULES = List.of("tensor", "autodiff", "nn", "xai", "native");
  private static final Pattern PUBLIC_TYPE =
      Pattern.compile(
          "^public (?:(?:final|abstract|sealed|non-sealed) )*(?:class|record|interface|enum|@interface) ",
          Pattern.MULTILINE);

  /** Exported packages, and the folders of their sources. */
  private static Map<String, Path> exported() throws IOException {
    var found = new TreeMap<String, Path>();
    for (String module : MODULES) {
      Path sources = ROOT.resolve(module).resolve("src/main/java");
      Matcher exports =
          Pattern.compile("exports ([\\w.]+)( to)?")
              .matcher(Files.readString(sources.resolve("module-info.java")));
      while (exports.find()) {
        found.put(exports.group(1), sources.resolve(exports.group(1).replace('.', '/')));
      }
    }
    return found;
  }

  private static List<Path> sources(Path folder, int depth) throws IOException {
    try (var files = Files.walk(folder, depth)) {
      return files.filter(f -> f.toString().endsWith(".java")).sorted().toList();
    }
  }

  @Test
  void whatIsExportedIsListedWithAReason() throws IOException {
    var listed = new TreeSet<String>();
    for (String line : Files.readAllLines(ROOT.resolve("bench/publish/packages.txt"))) {
      assertTrue(line.matches("\\S+ +\\S.*"), line + ": a package and why it is public");
      listed.add(line.split(" ")[0]);
    }
    assertEquals(listed, exported().keySet());
  }

  @Test
  void everyPackageIsDescribedAndNullMarked() throws IOException {
    var folders = new TreeSet<Path>();
    for (String module : MODULES) {
      for (Path source : sources(ROOT.resolve(module).resolve("src/main/java"), 99)) {
        folders.add(source.getParent());
      }
    }
    folders.removeIf(f -> f.endsWith("src/main/java"));
    assertTrue(folders.size() > exported().size());
    for (Path folder : folders) {
      Path info = folder.resolve("package-info.java");
      assertTrue(Files.exists(info), info + " is not there");
      String text = Files.readString(info);
      assertTrue(text.startsWith("/**") && text.contains("\n@NullMarked\n"), info.toString());
    }
  }

  @Test
  void everyPublicTypeSaysWhatItIs() throws IOException {
    var silent = new ArrayList<String>();
    int types = 0;
    for (Path folder : exported().values()) {
      for (Path source : sources(folder, 1)) {
        String text = Files.readString(source);
        Matcher type = PUBLIC_TYPE.matcher(text);
        if (type.find()) {
          types++;
          String above = text.substring(0, type.start()).replaceAll("(?m)^@.*\\n", "");
          if (!above.stripTrailing().endsWith("*/")) {
            silent.add(source.getFileName().toString());
          }
        }
      }
    }
    assertTrue(types > 300, "only " + types + " public types were found");
    assertEquals(List.of(), silent);
  }

  @Test
  void theBomHasTheVersionAndTheModulesOfTheRoot() throws IOException {
    String root = Files.readString(ROOT.resolve("pom.xml"));
    String bom = Files.readString(ROOT.resolve("bench/publish/bom/pom.xml"));
    Pattern own =
        Pattern.compile("<artifactId>vitrine-[a-z]+</artifactId>\\s*<version>(.*)</version>");
    assertEquals(first(own, root), first(own, bom));
    assertTrue(bom.contains("<artifactId>vitrine-bom</artifactId>"));
    for (String module : MODULES) {
      assertTrue(bom.contains("<artifactId>vitrine-" + module + "</artifactId>"), module);
    }
  }

  private static String first(Pattern pattern, String text) {
    Matcher m = pattern.matcher(text);
    assertTrue(m.find(), pattern + " was not found");
    return m.group(1);
  }

  /** The program in bench/publish/consumer is built and run with it by bench/publish/check. */
  @Test
  void theReadmeSaysWhatTheProgramOfOthersSays() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    String pom = Files.readString(ROOT.resolve("bench/publish/consumer/pom.xml"));
    String bom = Files.readString(ROOT.resolve("bench/publish/bom/pom.xml"));
    String version = first(Pattern.compile("<version>(.*)</version>"), bom);
    String shown =
        first(Pattern.compile("```xml\\n(.*?)```", Pattern.DOTALL), readme)
            .replace(version, "${vitrine.version}");
    assertTrue(pom.contains(shown.indent(2).replaceAll("(?m)^ +$", "")), shown);
  }

  /** What is in a signature must be there for whoever calls it. */
  @Test
  void signaturesNameExportedTypesAlone() throws Exception {
    Set<String> exported = exported().keySet();
    var leaks = new TreeSet<String>();
    int types = 0;
    for (var entry : exported().entrySet()) {
      for (Path source : sources(entry.getValue(), 1)) {
        String name = source.getFileName().toString().replace(".java", "");
        if (!name.equals("package-info")) {
          types++;
          leaks.addAll(leaks(Class.forName(entry.getKey() + "." + name), exported));
        }
      }
    }
    assertTrue(types > 300, "only " + types + " types were found");
    assertEquals(Set.of(), leaks);
  }

  /** A check that cannot fail is none. */
  @Test
  void aLeakIsFound() {
    assertEquals(1, leaks(Leak.class, Set.of(Leak.class.getPackageName())).size());
  }

  /** Of a type that is exported. */
  public static final class Leak {
    public void method(List<? extends org.junit.jupiter.api.extension.Extension[]> hidden) {}
  }

  private static Set<String> leaks(Class<?> type, Set<String> exported) {
    var found = new TreeSet<String>();
    if (!visible(type.getModifiers())) {
      return found;
    }
    var named = new ArrayList<Type>(List.of(type.getGenericInterfaces()));
    if (type.getGenericSuperclass() != null) {
      named.add(type.getGenericSuperclass());
    }
    for (var field : type.getDeclaredFields()) {
      if (visible(field.getModifiers())) {
        named.add(field.getGenericType());
      }
    }
    for (var constructor : type.getDeclaredConstructors()) {
      if (visible(constructor.getModifiers())) {
        named.addAll(List.of(constructor.getGenericParameterTypes()));
      }
    }
    for (var method : type.getDeclaredMethods()) {
      if (visible(method.getModifiers()) && !method.isSynthetic()) {
        named.add(method.getGenericReturnType());
        named.addAll(List.of(method.getGenericParameterTypes()));
        named.addAll(List.of(method.getGenericExceptionTypes()));
      }
    }
    for (Type t : named) {
      if (!open(t, exported)) {
        found.add(type.getName() + " names " + t.getTypeName());
      }
    }
    for (Class<?> inner : type.getDeclaredClasses()) {
      found.addAll(leaks(inner, exported));
    }
    return found;
  }

  private static boolean visible(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  /** Exported here, or of what the modules require for whoever requires them. */
  private static boolean open(Type type, Set<String> exported) {
    return switch (type) {
      case Class<?> c when c.isArray() -> open(c.getComponentType(), exported);
      case Class<?> c ->
          c.isPrimitive()
              || exported.contains(c.getPackageName()) && visible(c.getModifiers())
              || List.of("java.base", "java.desktop")
                  .contains(String.valueOf(c.getModule().getName()));
      case ParameterizedType p ->
          open(p.getRawType(), exported)
              && Stream.of(p.getActualTypeArguments()).allMatch(t -> open(t, exported));
      case GenericArrayType a -> open(a.getGenericComponentType(), exported);
      case WildcardType w ->
          Stream.of(w.getUpperBounds(), w.getLowerBounds())
              .flatMap(Stream::of)
              .allMatch(t -> open(t, exported));
      default -> true; // a variable, whose bounds are said where it is declared
    };
  }
}
