package dev.vitrine.xai.chart;

import dev.vitrine.nn.train.Callback;
import java.util.Arrays;
import java.util.List;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleInsets;

/** Loss per epoch, and below it accuracy, if there are validation rows with classes. */
public final class TrainingCurves {
  private TrainingCurves() {}

  /** Of the epochs that {@code Trainer.fit} returns. */
  public static Chart of(List<Callback.Epoch> epochs) {
    if (epochs.isEmpty()) {
      throw new IllegalArgumentException("no epochs given: a curve needs at least one");
    }
    double[] number = new double[epochs.size()];
    double[] training = new double[number.length];
    double[] validation = new double[number.length];
    double[] accuracy = new double[number.length];
    for (int i = 0; i < number.length; i++) {
      Callback.Epoch e = epochs.get(i);
      number[i] = e.number() + 1;
      training[i] = e.loss();
      validation[i] = e.validation() == null ? Double.NaN : e.validation().loss();
      accuracy[i] = e.validation() == null ? Double.NaN : e.validation().accuracy();
    }
    NumberAxis across = Theme.counts("epoch", new Span().with(number).padded(0.02));
    var losses = new Lines().including(0).add("training", number, training);
    if (known(validation)) {
      losses.add("validation", number, validation);
    }
    XYPlot above = losses.plot(across, "loss");
    var both = new CombinedDomainXYPlot(across);
    both.add(above);
    if (known(accuracy)) {
      both.add(accuracies(across, number, accuracy));
    }
    both.setGap(14);
    both.setInsets(new RectangleInsets(8, 8, 4, 28));
    return new Chart(
        "Training",
        describe(training, validation, accuracy),
        600,
        known(accuracy) ? 480 : 340,
        both,
        Lines.legend(above));
  }

  private static XYPlot accuracies(NumberAxis across, double[] number, double[] accuracy) {
    var lines = new Lines();
    // The same colour as the validation rows' loss, which is the second line above.
    lines.add("", new double[0], new double[0]).add("accuracy", number, accuracy);
    return lines.plot(across, "validation accuracy");
  }

  private static String describe(double[] training, double[] validation, double[] accuracy) {
    int last = training.length - 1;
    var text = new StringBuilder();
    text.append("After ").append(training.length).append(" epochs the training loss is ");
    text.append(Figures.brief(training[last]));
    if (known(validation)) {
      text.append(", the validation loss ").append(Figures.brief(validation[last]));
    }
    if (known(accuracy)) {
      text.append(", the validation accuracy ").append(Figures.brief(accuracy[last]));
    }
    return text.append('.').toString();
  }

  private static boolean known(double[] values) {
    return Arrays.stream(values).anyMatch(Double::isFinite);
  }
}
