package dev.vitrine.bench.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finishes what javadoc wrote, for bench/publish/javadoc: formulas are set in MathML, and the first
 * page gets an index of them.
 *
 * <p>Both are made of the sentences that javadoc found in the sources.
 */
final class Site {
  /** Where the first page wants the index. */
  private static final String MARK = "<div id=\"formulas\"></div>";

  private static final Pattern BLOCK =
      Pattern.compile("(<div class=\"block\">|<dd>)(.*?)(</div>|</dd>)", Pattern.DOTALL);
  private static final Pattern KINDS =
      Pattern.compile("All Implemented Interfaces:</dt>\\s*<dd>(.*?)</dd>", Pattern.DOTALL);
  private static final Pattern METHOD =
      Pattern.compile(
          "<a href=\"(#[^\"]*)\" class=\"member-name-link\">(\\w+)</a>(?:(?!member-name-link).)*?<div class=\"block\">(.*?)</div>",
          Pattern.DOTALL);

  /**
   * A part of the index.
   *
   * @param kind the interface whose classes it lists
   */
  private record Part(String title, String kind, String link) {}

  private static final List<Part> PARTS =
      List.of(
          new Part("Ops", "Op", "dev/vitrine/autodiff/op/"),
          new Part("Layers", "Layer", "dev/vitrine/nn/layer/"),
          new Part("Optimisers", "Optimizer", "dev/vitrine/nn/optim/"),
          new Part("Explainers", "Explainer", "dev/vitrine/xai/"),
          new Part("Metrics", "Metric", "dev/vitrine/xai/metric/"));

  private final Path folder;

  private Site(Path folder) {
    this.folder = folder;
  }

  public static void main(String[] arguments) throws IOException {
    var site = new Site(Path.of(arguments[0]));
    List<Path> pages = site.pages();
    site.index(pages);
    int formulas = 0;
    for (Path page : pages) {
      formulas += set(page);
    }
    System.out.printf("%d formulas on %d pages%n", formulas, pages.size());
  }

  private List<Path> pages() throws IOException {
    try (var files = Files.walk(folder)) {
      return files.filter(f -> f.toString().endsWith(".html")).sorted().toList();
    }
  }

  private static int set(Path page) throws IOException {
    Matcher block = BLOCK.matcher(Files.readString(page));
    String set =
        block.replaceAll(
            b -> Matcher.quoteReplacement(b.group(1) + Formulas.inHtml(b.group(2)) + b.group(3)));
    Files.writeString(page, set);
    return set.split("<math ", -1).length - 1;
  }

  private void index(List<Path> pages) throws IOException {
    var out = new StringBuilder();
    for (Part part : PARTS) {
      var rows = new TreeMap<String, String>();
      for (Path page : pages) {
        String link = folder.relativize(page).toString();
        if (link.contains(part.link)) {
          String html = Files.readString(page);
          Matcher kinds = KINDS.matcher(html);
          boolean is = kinds.find() && kinds.group(1).contains(">" + part.kind + "</a>");
          if (is && !html.contains("<span class=\"modifiers\">public interface")) {
            String name = link.substring(link.lastIndexOf('/') + 1, link.length() - 5);
            rows.put(name, row(link, name, sentence(page, name)));
          }
        }
      }
      table(out, part.title, new ArrayList<>(rows.values()));
      if (part.kind.equals("Layer")) {
        table(out, "Losses", losses());
      }
    }
    Path first = folder.resolve("index.html");
    String html = Files.readString(first);
    if (!html.contains(MARK)) {
      throw new IOException(first + " has no place for the index: " + MARK);
    }
    Files.writeString(first, html.replace(MARK, out));
  }

  /** The first sentence of a class, as the summary of its package has it. */
  private static String sentence(Path page, String name) throws IOException {
    String summary = Files.readString(page.resolveSibling("package-summary.html"));
    Matcher m =
        Pattern.compile(
                "<div class=\"col-first[^>]*><a href=\"%s\\.html\"[^>]*>.*?<div class=\"block\">(.*?)</div>"
                    .formatted(name),
                Pattern.DOTALL)
            .matcher(summary);
    if (!m.find()) {
      throw new IOException(name + " has no sentence in the summary of its package");
    }
    return unlinked(m.group(1));
  }

  /** Links count from the page they stand on. */
  private static String unlinked(String html) {
    return html.replaceAll("<a [^>]*>|</a>", "");
  }

  private List<String> losses() throws IOException {
    String link = "dev.vitrine.nn/dev/vitrine/nn/loss/Losses.html";
    Matcher m = METHOD.matcher(Files.readString(folder.resolve(link)));
    var rows = new ArrayList<String>();
    String last = "";
    while (m.find()) {
      if (!m.group(2).equals(last)) { // further forms follow the first
        last = m.group(2);
        rows.add(row(link + m.group(1), last, unlinked(m.group(3))));
      }
    }
    return rows;
  }

  private static String row(String link, String name, String sentence) {
    return "<tr><th><a href=\"%s\">%s</a></th><td><div class=\"block\">%s</div></td></tr>%n"
        .formatted(link, name, sentence);
  }

  private static void table(StringBuilder out, String title, List<String> rows) throws IOException {
    if (rows.isEmpty()) {
      throw new IOException("nothing was found for " + title);
    }
    out.append("<h2 id=\"%1$s\">%1$s</h2>%n<table class=\"formulas\">%n".formatted(title));
    rows.forEach(out::append);
    out.append("</table>\n");
  }
}
