package dev.vitrine.bench.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A page of the documentation, cut into prose and code.
 *
 * <p>A comment {@code <!-- given … -->} holds Java that readers need not see: it is run before the
 * block below it. A block of {@code text} says what the block of Java above it prints.
 *
 * @param prose the lines outside of code, in order
 */
record MarkdownPage(Path file, List<Block> blocks, List<String> prose) {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /**
   * A block of code.
   *
   * @param line where it begins, from 1
   * @param given what is run before it
   */
  record Block(String language, String code, int line, String given) {}

  static MarkdownPage read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    var blocks = new ArrayList<Block>();
    var prose = new ArrayList<String>();
    String given = "";
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      int first = i + 1;
      if (line.startsWith("<!-- given")) {
        i = end(lines, first, "-->");
        given = text(lines, first, i);
      } else if (line.startsWith("```")) {
        i = end(lines, first, "```");
        blocks.add(new Block(line.substring(3).strip(), text(lines, first, i), first, given));
        given = "";
      } else {
        prose.add(line);
      }
    }
    return new MarkdownPage(file, List.copyOf(blocks), List.copyOf(prose));
  }

  private static int end(List<String> lines, int from, String mark) {
    int i = from;
    while (i < lines.size() && !lines.get(i).equals(mark)) {
      i++;
    }
    if (i == lines.size()) {
      throw new IllegalArgumentException("line " + from + ": nothing closes what opens here");
    }
    return i;
  }

  private static String text(List<String> lines, int from, int to) {
    return lines.subList(from, to).stream().map(l -> l + "\n").collect(Collectors.joining());
  }

  /** Blocks in this language. */
  List<Block> blocks(String language) {
    return blocks.stream().filter(b -> b.language().equals(language)).toList();
  }

  /** What the block of Java prints, by the block of text right below it; empty if none is there. */
  String printed(Block java) {
    int next = blocks.indexOf(java) + 1;
    boolean there =
        next < blocks.size()
            && blocks.get(next).language().equals("text")
            && blocks.get(next).line() == java.line() + java.code().lines().count() + 3;
    return there ? blocks.get(next).code() : "";
  }

  /** Where its links lead. */
  List<String> links() {
    return prose.stream()
        .flatMap(l -> LINK.matcher(l).results())
        .map(m -> m.group(1))
        .filter(l -> !l.startsWith("http"))
        .toList();
  }

  /** Lines of shell: of its blocks, without what follows #, and of code in its prose. */
  List<String> commands() {
    var all = new ArrayList<String>();
    for (Block b : blocks("sh")) {
      b.code().lines().map(l -> l.replaceFirst("(^|\\s)#.*", "").strip()).forEach(all::add);
    }
    prose.stream()
        .flatMap(l -> CODE.matcher(l).results())
        .map(m -> m.group(1))
        .filter(c -> c.startsWith("bench/") && !c.contains("/target/")) // no build, no file
        .forEach(all::add);
    all.removeIf(String::isEmpty);
    return all;
  }

  /** The names by which links reach its headings. */
  Set<String> anchors() {
    return prose.stream()
        .filter(l -> l.startsWith("#"))
        .map(l -> l.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
        .map(l -> l.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }
}
