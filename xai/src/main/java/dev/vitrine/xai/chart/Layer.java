package dev.vitrine.xai.chart;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import org.jfree.chart.annotations.XYAnnotation;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.event.AnnotationChangeListener;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.XYPlot;

/** Marks that no renderer of JFreeChart draws: a {@link Pen} in the coordinates of the axes. */
record Layer(Marks marks) implements XYAnnotation {
  @FunctionalInterface
  interface Marks {
    void draw(Pen pen);
  }

  @Override
  public void draw(
      Graphics2D g,
      XYPlot plot,
      Rectangle2D area,
      ValueAxis x,
      ValueAxis y,
      int renderer,
      PlotRenderingInfo info) {
    Graphics2D own = (Graphics2D) g.create();
    marks.draw(
        new Pen(
            own,
            area,
            v -> x.valueToJava2D(v, area, plot.getDomainAxisEdge()),
            v -> y.valueToJava2D(v, area, plot.getRangeAxisEdge())));
    own.dispose();
  }

  /** Charts never change, so nobody has to be told. */
  @Override
  public void addChangeListener(AnnotationChangeListener listener) {}

  @Override
  public void removeChangeListener(AnnotationChangeListener listener) {}
}
