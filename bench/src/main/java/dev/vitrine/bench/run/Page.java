package dev.vitrine.bench.run;

import java.util.LinkedHashMap;
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
        body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
        h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2.5rem; }
        table { border-collapse: collapse; } td, th { padding: .25rem 1rem .25rem 0; text-align: left; vertical-align: top; }
        td:last-child { font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
        figure { margin: 1rem 0; } img { max-width: 100%%; height: auto; background: white; }
        figcaption { opacity: .75; }
      </style>
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
        <h2>%s</h2>
        <figure><img src="%s" alt="%s"><figcaption>%s</figcaption></figure>
        """
            .formatted(escape(heading), escape(file), escape(shows), escape(shows)));
    return this;
  }

  public String html() {
    return html + "</html>\n";
  }

  private static String escape(String s) {
    return s.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
