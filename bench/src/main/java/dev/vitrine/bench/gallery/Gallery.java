package dev.vitrine.bench.gallery;

import dev.vitrine.bench.run.Page;
import dev.vitrine.bench.run.RunFolder;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.chart.Chart;
import dev.vitrine.xai.view.Animation;
import dev.vitrine.xai.view.ContactSheet;
import dev.vitrine.xai.view.Picture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A picture of each kind, as files, on a page and on one sheet; and a tape, step by step.
 *
 * @param seed decides the data and the models
 */
public record Gallery(Device device, long seed) {
  /** The page that shows everything. */
  public static final String PAGE = "index.html";

  /** All pictures on one. */
  static final String SHEET = "contact-sheet.png";

  /** Writes it and answers how many pictures there are. */
  public int write(RunFolder to) throws IOException {
    var examples = new ArrayList<Example>(TableExamples.of(device, seed));
    examples.addAll(DigitExamples.of(device, seed));
    examples.add(PlaneExample.of(device, seed));
    examples.add(TextExample.of(seed));
    var sheet = new ContactSheet(1200, 170);
    var page =
        new Page("Vitrine: what it draws").contents(examples.stream().map(Example::kind).toList());
    for (Example e : examples) {
      String name = name(e.kind());
      e.picture().save(to.file(name + ".png"));
      String shown = name + ".png";
      if (e.picture() instanceof Chart chart) {
        shown = name + ".svg";
        chart.save(to.file(shown));
      }
      page.picture(e.kind(), shown, e.shows());
      sheet = sheet.with(e.kind(), still(e.picture()));
    }
    page.link(
        TapePage.FILE,
        TapePage.TITLE,
        "a neuron computed, and its gradient, one node for each press of a key.");
    to.text(TapePage.FILE, TapePage.ofNeuron(device));
    sheet.save(to.file(SHEET));
    to.text(PAGE, page.html());
    return examples.size();
  }

  /** Of what moves, how it ends. */
  private static Picture still(Picture picture) {
    return picture instanceof Animation moving ? moving.frames().getLast() : picture;
  }

  /** decision-plot */
  private static String name(String kind) {
    return String.join("-", List.of(kind.split("[, ]+|(?<=[a-z])(?=[A-Z])")))
        .toLowerCase(Locale.ROOT);
  }
}
