package dev.vitrine.xai.view;

/** Text inside HTML. */
final class Escaped {
  private Escaped() {}

  static String html(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
