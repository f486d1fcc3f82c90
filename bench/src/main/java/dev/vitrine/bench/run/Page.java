package dev.vitrine.bench.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The {@code index.html} of a run: what was trained, how good it is, and its pictures. Needs no
 * network.
 */
public final class Page {
  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en">
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>%1$s</title>
      <style>
        :root { color-scheme: light dark; }
        body { font: 16px/1.5 system-ui, sans-serif; color: light-dark(#24292f, #e6e6e6); background: light-dark(#fff, #16181b); max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
        h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2.5rem; }
        a { color: light-dark(#0b5cad, #79b8ff); }
        table { border-collapse: collapse; } td, th { padding: .25rem 1rem .25rem 0; text-align: left; vertical-align: top; }
        td:last-child { font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
        figure { margin: 1rem 0; } img { display: block; max-width: 100%%; height: auto; background: white; border-radius: .35rem; }
        figcaption { opacity: .8; margin-top: .4rem; }
        .scroll { overflow-x: auto; } :focus-visible { outline: 2px solid; outline-offset: 2px; }
        .all { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: 0; list-style: none; }
        @media screen and (max-width: 44rem) { figure img { max-width: none; } }
        @media print { figure { break-inside: avoid; } h2 { break-after: avoid; } nav { display: none; } .scroll { overflow: visible; } }
      </style>
      <main>
      <h1>%1$s</h1>
      """;

  private final StringBuilder html;

  public Page(String title) {
    html = new StringBuilder(HEAD.formatted(escape(title)));
  }

  /** A heading and a table of facts. */
  public Page facts(String heading, Map<String, String> facts) {
    html.append("<h2>").append(escape(heading)).append("</h2>\n<table>\n");
    new LinkedHashMap<>(facts)
        .forEach((name, value) ->
            html.append(
                "<tr><th scope=\"row\">%s</th><td>%s</td></tr>%n"
                    .formatted(escape(name), escape(value))));
    html.append("</table>\n");
    return this;
  }

  /** A heading and a picture with what it shows. */
  public Page picture(String heading, String file, String shows) {
    html.append(
        """
        <h2 id="%s">%s</h2>
        <figure><div class="scroll" role="region" aria-label="%s" tabindex="0"><img src="%s" alt="%s"></div><figcaption>%s</figcaption></figure>
        """
            .formatted(
                id(heading),
                escape(heading),
                escape(heading),
                escape(file),
                escape(shows),
                escape(shows)));
    return this;
  }

  /** A link to another page, and what is there. */
  public Page link(String file, String title, String shows) {
    html.append(
        "<p><a href=\"%s\">%s</a>: %s</p>%n".formatted(escape(file), escape(title), escape(shows)));
    return this;
  }

  /** Links to pictures by their headings. */
  public Page contents(List<String> headings) {
    html.append("<nav aria-label=\"Pictures\"><ul class=\"all\">");
    for (String h : headings) {
      html.append("<li><a href=\"#%s\">%s</a></li>".formatted(id(h), escape(h)));
    }
    html.append("</ul></nav>\n");
    return this;
  }

  public String html() {
    return html + "</main>\n</html>\n";
  }

  private static String id(String heading) {
    return heading.replaceAll("[^\\w]+", "-");
  }

  private static String escape(String s) {
    return s.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
