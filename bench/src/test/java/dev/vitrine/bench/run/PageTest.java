package dev.vitrine.bench.run;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PageTest {
  @Test
  void nothingThatAFactSaysBecomesMarkup() {
    String evil = "<script>alert(\"&\")</script>";
    String html = new Page(evil).facts(evil, Map.of(evil, evil)).picture(evil, evil, evil).html();
    assertFalse(html.contains("<script>"), html);
    assertTrue(html.contains("&lt;script&gt;alert(&quot;&amp;&quot;)&lt;/script&gt;"), html);
  }

  @Test
  void thePageNeedsNoNetwork() {
    String html = new Page("t").picture("h", "p.png", "shows").html();
    assertTrue(html.contains("<img src=\"p.png\""), html);
    assertFalse(html.contains("http"), html);
  }
}
